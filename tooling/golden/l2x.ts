import { readFileSync } from 'node:fs';
import { ExplainerNetwork } from '@aimle/learning-to-explain';
import { key } from '@aimle/random';
import { loadWeights, readCheckpoint } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { type Check, OfficialAnswers } from './check.js';

/** Single precision through sums of up to 600 terms. */
const TOLERANCE = { output: 2e-5, loss: 1e-5, gradient: 1e-4, zero: 1e-7 } as const;
const K = 5;

/**
 * The official network with its own weights, and k softmax(theta) over all positions where the discrete layer stands, so
 * that everything is deterministic: scores, ratings, the loss, and the norm of every parameter's gradient.
 */
export async function* checkL2x(path: string): AsyncIterable<Check> {
  const bytes = new Uint8Array(readFileSync(path));
  const official = new OfficialAnswers(bytes);
  const [rows, length] = official.tensors.get('input/tokens')!.shape as [number, number];
  const [, size] = official.tensors.get('input/embedding')!.shape as [number, number];
  const network = new ExplainerNetwork(
    {
      k: K,
      hidden: 250,
      maxLength: length,
      embedding: { size, values: official.numbers('input/embedding') },
    },
    key(0),
  );
  const { weights } = await readCheckpoint(bytes, path);
  // Embeddings are frozen: no parameters here.
  loadWeights(
    network.parameters,
    new Map([...weights].filter(([name]) => !name.includes('embeddings'))),
    path,
  );
  const padded = Int32Array.from(official.numbers('input/tokens'));
  const texts = network.read(
    Array.from({ length: rows }, (_, row) => {
      const tokens = padded.subarray(row * length, (row + 1) * length);
      return tokens.subarray(tokens.findIndex((token) => token !== 0));
    }),
  );
  const y = tf.tensor2d(official.numbers('input/y'), [rows, 1]);
  const run = () => {
    const theta = network.score(texts, { padding: 'selectable', dropout: null });
    const prediction = network.rate(tf.softmax(theta).mul(K).expandDims(1), texts);
    return { theta, prediction, mse: tf.squaredDifference(prediction, y).mean<tf.Scalar>() };
  };
  const { theta, prediction, mse } = run();
  yield official.output('output/token_logits', theta, TOLERANCE.output);
  yield official.output('output/prediction', prediction, TOLERANCE.output);
  yield official.loss('output/mse', mse, TOLERANCE.loss);
  // Adding a constant to all scores does not change a softmax, so this gradient is rounding on both sides.
  const zero = { 'gumbel_selector.final_layer_2.bias': TOLERANCE.zero };
  yield* official.gradients(() => run().mse, network.parameters, TOLERANCE.gradient, zero);
  network.dispose();
}
