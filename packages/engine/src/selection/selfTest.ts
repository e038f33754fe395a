import * as tf from '@tensorflow/tfjs';
import type { SelfTestResult } from './report.js';

/** Runs what our models need on the current backend, against known answers. */
export function selfTest(): SelfTestResult[] {
  return checks.map(({ name, tolerance, expected, compute }) => {
    const error = tf.tidy(() => greatestError(compute, expected));
    return { name, passed: error <= tolerance, error, tolerance };
  });
}

interface Check {
  readonly name: string;
  readonly tolerance: number;
  readonly expected: readonly number[];
  compute(): tf.Tensor;
}

const checks: readonly Check[] = [
  {
    name: 'matmul gradient',
    tolerance: 1e-5,
    expected: [3, 7, 3, 7],
    compute: () => {
      const a = tf.tensor2d([1, 2, 3, 4], [2, 2]);
      const slope = tf.grad((b) => tf.sum(tf.matMul(a, b, true, true)));
      return slope(tf.tensor2d([5, 6, 7, 8], [2, 2]));
    },
  },
];

function greatestError(compute: () => tf.Tensor, expected: readonly number[]): number {
  const values = compute().dataSync();
  if (values.length !== expected.length) return Number.POSITIVE_INFINITY;
  return expected.reduce((worst, value, i) => {
    const error = Math.abs(values[i]! - value);
    return error <= worst ? worst : Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
  }, 0);
}
