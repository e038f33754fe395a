import * as tf from '@tensorflow/tfjs';
import { hostCallback } from '../operations/hostCallback.js';
import type { SelfTestResult } from './report.js';

/**
 * Tests the operations that our models need on the current backend, gradients included, against results computed by
 * hand. Takes about 20 ms. A check that throws fails with an infinite error.
 */
export function selfTest(): SelfTestResult[] {
  return checks.map(({ name, tolerance, expected, compute }) => {
    try {
      const error = tf.tidy(() => maxError(compute().dataSync(), expected));
      return { name, passed: error <= tolerance, error, tolerance };
    } catch (problem) {
      const message = problem instanceof Error ? problem.message : String(problem);
      return { name, passed: false, error: Number.POSITIVE_INFINITY, tolerance, problem: message };
    }
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
    name: 'matrix product',
    tolerance: 1e-5,
    expected: [23, 31, 34, 46],
    compute: () => tf.matMul(square([1, 2, 3, 4]), square([5, 6, 7, 8]), true, true),
  },
  {
    name: 'matrix product, gradient',
    tolerance: 1e-5,
    expected: [3, 7, 3, 7],
    compute: () =>
      tf.grad((b) => tf.sum(tf.matMul(square([1, 2, 3, 4]), b, true, true)))(square([5, 6, 7, 8])),
  },
  {
    name: 'gather, gradient',
    tolerance: 1e-6,
    expected: [0, 0, 5, 5, 2, 2],
    compute: () => {
      const rows = tf.tensor1d([2, 1, 1], 'int32');
      const weights = tf.tensor2d([2, 1, 4], [3, 1]);
      return tf.grad((x) => tf.sum(tf.mul(tf.gather(x, rows), weights)))(tf.ones([3, 2]));
    },
  },
  {
    name: 'convolution, gradient in the filter',
    tolerance: 1e-5,
    expected: [6, 9],
    compute: () => {
      const x = tf.tensor3d([1, 2, 3, 4], [1, 4, 1]);
      return tf.grad((filter) => tf.sum(tf.conv1d(x, filter as tf.Tensor3D, 1, 'valid')))(tf.ones([2, 1, 1]));
    },
  },
  {
    name: 'convolution, gradient in the input',
    tolerance: 1e-5,
    expected: [2, 5, 5, 3],
    compute: () => {
      const filter = tf.tensor3d([2, 3], [2, 1, 1]);
      return tf.grad((x) => tf.sum(tf.conv1d(x as tf.Tensor3D, filter, 1, 'valid')))(tf.ones([1, 4, 1]));
    },
  },
  {
    name: 'softmax, gradient',
    tolerance: 1e-4,
    expected: [0.25, -0.25],
    compute: () => tf.grad((x) => tf.softmax(x).slice(0, 1))(tf.tensor1d([7, 7])),
  },
  {
    name: 'elementwise functions',
    tolerance: 1e-4,
    expected: [Math.log(2), Math.E, 1 / (1 + Math.exp(-2)), Math.exp(-1) - 1, 3, 0],
    compute: () =>
      tf.concat([
        tf.log1p(tf.tensor1d([1])),
        tf.exp(tf.tensor1d([1])),
        tf.sigmoid(tf.tensor1d([2])),
        tf.elu(tf.tensor1d([-1])),
        tf.maximum(tf.tensor1d([3]), 0),
        tf.relu(tf.tensor1d([-1])),
      ]),
  },
  {
    // An engine with 16-bit numbers would round 1e-8 to zero, and Adam would divide by it.
    name: 'small numbers',
    tolerance: 1e-3,
    expected: [1, 1],
    compute: () => tf.div(tf.mul(tf.tensor1d([1e-8, 1e-4]), tf.tensor1d([1, 1e-4])), 1e-8),
  },
  {
    name: 'host callback, gradient',
    tolerance: 1e-6,
    expected: [2, 4],
    compute: () =>
      tf.grad((x) => {
        const twice = hostCallback(x, {
          forward: (values) => ({ values: values.map((value) => 2 * value), shape: [2] }),
          backward: (gradient) => gradient.map((value) => 2 * value),
        });
        return tf.sum(tf.mul(twice, [1, 2]));
      })(tf.tensor1d([1, 2])),
  },
];

function square(values: number[]): tf.Tensor2D {
  return tf.tensor2d(values, [2, 2]);
}

function maxError(values: ArrayLike<number>, expected: readonly number[]): number {
  if (values.length !== expected.length) return Number.POSITIVE_INFINITY;
  const errors = expected.map((value, i) => Math.abs(values[i]! - value));
  return errors.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...errors);
}
