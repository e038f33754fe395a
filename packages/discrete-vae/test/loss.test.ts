import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { codeDivergence, reconstructionLoss } from '../src/index.js';

test('the reconstruction loss is the cross-entropy of pixels and sigmoids, summed over pixels', () => {
  const logits = [
    [
      [2, -1],
      [0, 30],
    ],
  ];
  const pixels = [[0.25, 1]];
  const entropy = (x: number, y: number): number => {
    const p = 1 / (1 + Math.exp(-x));
    return -(y * Math.log(p) + (1 - y === 0 ? 0 : (1 - y) * Math.log(1 - p)));
  };
  const loss = reconstructionLoss(tf.tensor3d(logits), tf.tensor2d(pixels));
  expect(loss.shape).toEqual([1, 2]);
  const expected = logits[0]!.map((row) => row.reduce((sum, x, p) => sum + entropy(x, pixels[0]![p]!), 0));
  for (const [i, value] of expected.entries()) expect(loss.dataSync()[i]).toBeCloseTo(value, 4);
});

test('the reconstruction loss of an extreme wrong logit is its size, not infinity', () => {
  expect(reconstructionLoss(tf.tensor3d([[[-500]]]), tf.tensor2d([[1]])).dataSync()[0]).toBeCloseTo(500, 2);
});

test('the divergence is zero for a uniform code, log n for a certain one, and adds up over codes', () => {
  const n = 4;
  expect(codeDivergence(tf.zeros([1, 3, n])).dataSync()[0]).toBeCloseTo(0, 5);
  const certain = tf.tensor3d([
    [
      [60, 0, 0, 0],
      [0, 60, 0, 0],
    ],
  ]);
  expect(codeDivergence(certain).dataSync()[0]).toBeCloseTo(2 * Math.log(n), 4);
});

test('the divergence of a mixed code is sum q log(n q)', () => {
  const q = [0.5, 0.3, 0.2];
  const expected = q.reduce((sum, p) => sum + p * Math.log(3 * p), 0);
  expect(codeDivergence(tf.log(tf.tensor3d([[q]]))).dataSync()[0]).toBeCloseTo(expected, 5);
});
