import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

test('slices are summed by segment, and negative segments are left out', () => {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
  const sums = tf.unsortedSegmentSum(x, tf.tensor1d([2, -1, 2, 0], 'int32'), 3);
  expect(sums.arraySync()).toEqual([
    [7, 8],
    [0, 0],
    [6, 8],
  ]);
});

test('integers stay integers', () => {
  const sums = tf.unsortedSegmentSum(tf.tensor1d([1, 2, 3], 'int32'), tf.tensor1d([0, 1, 0], 'int32'), 2);
  expect(sums.dtype).toBe('int32');
  expect([...sums.dataSync()]).toEqual([4, 2]);
});
