import { readFileSync } from 'node:fs';
import { readSafetensors } from '@aimle/datasets';
import { ExplainerNetwork } from '@aimle/learning-to-explain';
import { key } from '@aimle/random';
import { loadWeights, readCheckpoint } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { type Check, euclidean, furthest, relative } from './check.js';

/** Single precision through sums of up to 600 terms. */
const TOLERANCE = { output: 2e-5, loss: 1e-5, gradient: 1e-4, zero: 1e-7 } as const;
const K = 5;

/**
 * The official network with its own weights, and k softmax(theta) over all positions where the discrete layer stands, so
 * that everything is deterministic: scores, ratings, the loss, and the norm of every parameter's gradient.
 */
export async function* checkL2x(path: string): AsyncIterable<Check> {
  const bytes = new Uint8Array(readFileSync(path));
  const { tensors } = readSafetensors(bytes);
  const numbers = (name: string): Float32Array => tensors.get(name)!.data as Float32Array;
  const [rows, length] = tensors.get('input/tokens')!.shape as [number, number];
  const [, size] = tensors.get('input/embedding')!.shape as [number, number];
  const network = new ExplainerNetwork(
    { k: K, hidden: 250, maxLength: length, embedding: { size, values: numbers('input/embedding') } },
    key(0),
  );
  const { weights } = await readCheckpoint(bytes, path);
  // Embeddings are frozen: no parameters here.
  loadWeights(
    network.parameters,
    new Map([...weights].filter(([name]) => !name.includes('embeddings'))),
    path,
  );
  const padded = Int32Array.from(numbers('input/tokens'));
  const texts = network.read(
    Array.from({ length: rows }, (_, row) => {
      const tokens = padded.subarray(row * length, (row + 1) * length);
      return tokens.subarray(tokens.findIndex((token) => token !== 0));
    }),
  );
  const y = tf.tensor2d(numbers('input/y'), [rows, 1]);
  const run = () => {
    const theta = network.score(texts, { padding: 'selectable', dropout: null });
    const prediction = network.rate(tf.softmax(theta).mul(K).expandDims(1), texts);
    return { theta, prediction, mse: tf.squaredDifference(prediction, y).mean<tf.Scalar>() };
  };
  const { theta, prediction, mse } = run();
  const compare = (name: string, actual: tf.Tensor, tolerance: number): Check => {
    return { name, error: furthest(actual.dataSync(), numbers(name)), tolerance };
  };
  yield compare('output/token_logits', theta, TOLERANCE.output);
  yield compare('output/prediction', prediction, TOLERANCE.output);
  yield relative('output/mse', mse.dataSync()[0]!, numbers('output/mse')[0]!, TOLERANCE.loss);
  const { grads } = tf.variableGrads(() => run().mse, [...network.parameters.values()]);
  for (const [name, variable] of network.parameters) {
    const norm = euclidean(grads[variable.name]!.dataSync());
    const expected = numbers(`grad_norm/${name}`)[0]!;
    // Adding a constant to all scores does not change a softmax: the exact gradient is 0, and both numbers are rounding.
    yield name === 'gumbel_selector.final_layer_2.bias'
      ? { name: `grad_norm/${name}`, error: Math.abs(norm - expected), tolerance: TOLERANCE.zero }
      : relative(`grad_norm/${name}`, norm, expected, TOLERANCE.gradient);
  }
  network.dispose();
}
