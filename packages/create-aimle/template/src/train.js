import * as tf from '@tensorflow/tfjs';
import { aimle, key, topK, useEngine } from 'aimle';

/** The features that make up the answer. The network has to find them. */
export const HIDDEN = [2, 3];
export const FEATURES = 8;

/**
 * Learns which two of eight features make up the answer, and yields the scores and the loss after each step. The choice
 * is discrete: in every step the loss sees two features, never a mixture of all.
 */
export async function* train({ steps = 40, learningRate = 1 } = {}) {
  await useEngine();
  const x = tf.randomNormal([256, FEATURES], 0, 1, 'float32', 1);
  const y = tf.tidy(() => tf.sum(tf.gather(x, HIDDEN, 1), 1));
  const scores = tf.variable(tf.zeros([FEATURES]));
  const pick = aimle(topK({ size: FEATURES, k: HIDDEN.length }));
  const optimiser = tf.train.sgd(learningRate);

  for (let step = 1; step <= steps; step++) {
    const loss = optimiser.minimize(() => {
      const chosen = pick.sample(scores, { key: key(step), samples: 256 }); // [256, 8], two ones in each row
      const guess = tf.sum(tf.mul(x, chosen), 1);
      return tf.mean(tf.squaredDifference(guess, y));
    }, true);
    const best = tf.tidy(() => pick.mode(scores));
    yield {
      step,
      loss: (await loss.data())[0],
      scores: Array.from(await scores.data()),
      choice: Array.from(await best.data()),
    };
    tf.dispose([loss, best]);
  }
  tf.dispose([x, y, scores]);
}
