import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';

export const weights = [0.5, -1, 2, 0.25];
export const theta = [1, -2, 0.5, 3];

export type Gradient = (x: tf.Tensor) => tf.Tensor;

/** Holds the mean of an estimate over many instances of one theta to the truth, by its own standard error. */
export function expectMean(
  gradient: Gradient,
  at: number[],
  truth: ArrayLike<number>,
  precision: number,
): number {
  const rows = 4000;
  const { mean, variance } = tf.moments(gradient(tf.tile([at], [rows, 1])), 0);
  const errors = variance.div(rows).sqrt().dataSync();
  for (const [i, value] of mean.dataSync().entries()) {
    expect(Math.abs(value - truth[i]!)).toBeLessThan(5 * errors[i]! + 1e-6);
    expect(errors[i]!).toBeLessThan(precision);
  }
  return variance.sum().dataSync()[0]!;
}
