import { topK } from '@aimle/distributions';
import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import type { Estimator } from '../src/index.js';

export const pairs = topK({ size: 4, k: 2 });
const weights = [1, -2, 0.5, 3];
export const loss = (z: tf.Tensor): tf.Tensor => z.mul(weights).sum(-1).add(1).square();
export const theta = tf.tensor2d([
  [0.5, -1, 0.2, 1],
  [0, 2, -0.3, 0.4],
]);

/** States and losses as an estimator drew them, and the gradient of the summed value. */
export function step(estimator: Estimator, samples: number, seed = 4) {
  let [states, losses]: [number[], number[]] = [[], []];
  const watched = (z: tf.Tensor): tf.Tensor => {
    const answer = loss(z);
    states = [...z.dataSync()];
    losses = [...answer.dataSync()];
    return answer;
  };
  const slope = tf.grad((x: tf.Tensor) =>
    estimator.expectation(x, watched, { key: key(seed), samples }).sum(),
  );
  return { gradient: [...slope(theta).dataSync()], states, losses };
}

/** (1/S) sum_s signal_s (z_s - mu), instance by instance. */
export function textbook(signal: readonly number[], states: readonly number[], samples: number): number[] {
  const mu = pairs.marginals(Float64Array.from(theta.dataSync()));
  return [...mu].map((mean, at) => {
    const [b, i] = [Math.floor(at / 4), at % 4];
    let sum = 0;
    for (let s = 0; s < samples; s++) {
      const row = b * samples + s;
      sum += (signal[row]! * (states[row * 4 + i]! - mean)) / samples;
    }
    return sum;
  });
}

export function expectClose(actual: readonly number[], expected: readonly number[], digits = 4): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, x] of expected.entries()) expect(actual[i]).toBeCloseTo(x, digits);
}

export const average = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length;
