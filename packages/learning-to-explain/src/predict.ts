import type { Solver } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import type { ExplainerNetwork } from './network/network.js';
import type { LearningToExplainConfig } from './settings.js';
import { UNKNOWN } from './text/vocabulary.js';

/** The prediction for a text. */
export interface Prediction {
  /** In [0, 1]. */
  readonly rating: number;
  /** Positions of the chosen words in the text, in order; padding is left out. */
  readonly chosen: readonly number[];
  /** Positions of the words that the training texts do not have, in order: the model takes them all for one. */
  readonly unknown: readonly number[];
  /** The score of each word. */
  readonly scores: Float32Array;
}

const BATCH = 100;

/** Chooses the k best words of each text without noise or dropout, and predicts the rating from them. */
export async function predict(
  network: ExplainerNetwork,
  solver: Solver,
  texts: readonly Int32Array[],
  { maxLength, padding }: Pick<LearningToExplainConfig, 'maxLength' | 'padding'>,
): Promise<Prediction[]> {
  const predictions: Prediction[] = [];
  for (let from = 0; from < texts.length; from += BATCH) {
    const batch = texts.slice(from, from + BATCH);
    const [theta, ratings, z] = tf.tidy(() => {
      const read = network.read(batch);
      const theta = network.score(read, { padding, dropout: null });
      const states = new Float32Array(theta.size);
      solver.solve(new Float32Array(theta.dataSync()), states, batch.length);
      const z = tf.tensor3d(states, [batch.length, 1, maxLength]);
      return [theta.dataSync(), network.rate(z, read).dataSync(), states] as const;
    });
    batch.forEach((text, row) => {
      const end = (row + 1) * maxLength;
      const first = end - text.length;
      const chosen = Array.from(text.keys()).filter((at) => z[first + at] === 1);
      const unknown = Array.from(text.keys()).filter((at) => text[at] === UNKNOWN);
      const scores = Float32Array.from(theta.slice(first, end));
      predictions.push({ rating: ratings[row]!, chosen, unknown, scores });
    });
    // Lets Ctrl-C through during long evaluations.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return predictions;
}
