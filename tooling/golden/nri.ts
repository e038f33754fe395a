import { readFileSync } from 'node:fs';
import {
  gumbelDivergence,
  negativeLogLikelihood,
  RelationalNetwork,
} from '@aimle/neural-relational-inference';
import { key } from '@aimle/random';
import { loadWeights, readCheckpoint } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { type Check, OfficialAnswers } from './check.js';

/** Single precision through ten layers and nine steps of prediction, with batch normalisation over 40 to 80 rows. */
const TOLERANCE = { output: 1e-5, loss: 2e-6, gradient: 1e-5 } as const;

/**
 * The official encoder and decoder with their own weights, in training mode, and a sigmoid of the symmetrised logits
 * where the discrete layer stands: outputs, losses, and the norm of every parameter's gradient.
 */
export async function* checkNri(path: string): AsyncIterable<Check> {
  const bytes = new Uint8Array(readFileSync(path));
  const official = new OfficialAnswers(bytes);
  const shape = official.tensors.get('input/x')!.shape as [number, number, number, number];
  const [, vertices, frames, dimensions] = shape;
  const hidden = official.tensors.get('weight/encoder.fc_out.weight')!.shape[1]!;
  const network = new RelationalNetwork({ vertices, frames, dimensions, hidden }, key(0));
  loadWeights(network.parameters, (await readCheckpoint(bytes, path)).weights, path);
  const x = tf.tensor4d(official.numbers('input/x'), shape);
  const motion = x.transpose<tf.Tensor4D>([0, 2, 3, 1]);
  const run = () => {
    const theta = network.encode(motion, { training: true });
    const prediction = network.decode(motion, tf.sigmoid(theta).expandDims(1), frames - 1, {
      training: true,
    });
    const nll = negativeLogLikelihood(prediction, motion).mean();
    const kl = gumbelDivergence(theta, vertices).mean();
    return { theta, prediction, nll, kl };
  };
  const { theta, prediction, nll, kl } = run();
  yield official.output('output/logits', directed(theta, vertices), TOLERANCE.output);
  // Ours is [B, 1, T - 1, D, n], theirs [B, n, T - 1, D].
  yield official.output(
    'output/prediction',
    prediction.squeeze([1]).transpose([0, 3, 1, 2]),
    TOLERANCE.output,
  );
  yield official.loss('output/nll', nll, TOLERANCE.loss);
  yield official.loss('output/kl', kl, TOLERANCE.loss);
  const loss = (): tf.Tensor => {
    const { nll, kl } = run();
    return nll.add(kl);
  };
  yield* official.gradients(loss, network.parameters, TOLERANCE.gradient);
  network.dispose();
}

/** Edges [B, n (n - 1) / 2] as the official code lists them, once for each direction, by their receiver. */
function directed(theta: tf.Tensor2D, vertices: number): tf.Tensor {
  const index: number[] = [];
  for (let i = 0; i < vertices; i++) {
    for (let j = 0; j < vertices; j++) {
      const [low, high] = [Math.min(i, j), Math.max(i, j)];
      if (i !== j) index.push((low * (2 * vertices - low - 1)) / 2 + high - low - 1);
    }
  }
  return tf.gather(theta, tf.tensor1d(index, 'int32'), 1);
}
