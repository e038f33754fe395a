import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

test('segments are summed by their number, and what is numbered below zero is left out', () => {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
  const sums = tf.unsortedSegmentSum(x, tf.tensor1d([2, -1, 2, 0], 'int32'), 3);
  expect(sums.arraySync()).toEqual([
    [7, 8],
    [0, 0],
    [6, 8],
  ]);
});

test('whole numbers stay whole', () => {
  const sums = tf.unsortedSegmentSum(tf.tensor1d([1, 2, 3], 'int32'), tf.tensor1d([0, 1, 0], 'int32'), 2);
  expect(sums.dtype).toBe('int32');
  expect([...sums.dataSync()]).toEqual([4, 2]);
});
