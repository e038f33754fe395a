import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { engineUnderTest } from './agreement.js';

describe('a tensor without elements', () => {
  test.each([
    [
      [0, 3],
      [1, 0],
      [3, 0],
    ],
    [
      [0, 2, 3],
      [0, 2, 1],
      [0, 3, 2],
    ],
    [
      [2, 0, 3],
      [2, 0, 1],
      [3, 2, 0],
    ],
    [
      [0, 1, 4, 2],
      [3, 1, 0, 2],
      [2, 1, 0, 4],
    ],
    [
      [2, 3, 2, 0, 3],
      [4, 3, 2, 1, 0],
      [3, 0, 2, 3, 2],
    ],
  ])('of shape %j is transposed by %j to %j', (shape, permutation, expected) => {
    const [transposed, gradient] = tf.tidy(() => {
      const x = tf.zeros(shape);
      const turn = (y: tf.Tensor) => tf.transpose(y, permutation);
      return [turn(x).shape, tf.grad((y: tf.Tensor) => turn(y).mul(2).sum())(x).shape];
    });
    expect(transposed).toEqual(expected);
    expect(gradient).toEqual(shape);
  });
});

describe('a reduction of no elements', () => {
  const over = (reduce: (x: tf.Tensor, axis: number) => tf.Tensor, shape: number[], axis: number) =>
    tf.tidy(() => {
      tf.fill([6], 7).square().dispose(); // memory that was written before
      const found = reduce(tf.zeros(shape), axis);
      return { shape: found.shape, values: [...found.dataSync()] };
    });

  test.each([
    ['a sum', tf.sum, [0, 0]],
    // Pure JavaScript answers 0, TensorFlow NaN.
    ...(engineUnderTest === 'cpu' ? [] : [['a mean', tf.mean, [Number.NaN, Number.NaN]] as const]),
    ['a product', tf.prod, [1, 1]],
  ] as const)('is what %s over an empty axis is', (_name, reduce, expected) => {
    expect(over(reduce, [2, 0], 1)).toEqual({ shape: [2], values: expected });
    expect(over(reduce, [0, 2], 0)).toEqual({ shape: [2], values: expected });
    for (const axis of [0, 1, 2])
      expect(over(reduce, [2, 0, 3], axis).values.length).toBe(axis === 1 ? 6 : 0);
  });

  test.each([
    ['sum', tf.sum],
    ['mean', tf.mean],
    ['prod', tf.prod],
    ['max', tf.max],
    ['min', tf.min],
    ['argMax', tf.argMax],
    ['cumsum', tf.cumsum],
    ['any', (x: tf.Tensor, axis: number) => tf.any(x.cast('bool'), axis)],
    ['all', (x: tf.Tensor, axis: number) => tf.all(x.cast('bool'), axis)],
  ] as const)('%s along any axis of an empty batch is empty', (name, reduce) => {
    for (const axis of [1, 2]) {
      const left = name === 'cumsum' ? [0, 2, 3] : [0, axis === 1 ? 3 : 2];
      expect(over(reduce as typeof tf.sum, [0, 2, 3], axis)).toEqual({ shape: left, values: [] });
    }
  });

  test('a sum over the middle axis of an empty batch has an empty gradient', () => {
    const shape = tf.tidy(
      () =>
        tf.grad((x: tf.Tensor) => tf.broadcastTo(x.sum(1, true), [0, 2, 3]).sum())(tf.zeros([0, 2, 3])).shape,
    );
    expect(shape).toEqual([0, 2, 3]);
  });
});
