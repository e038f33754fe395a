import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { engineUnderTest, expectAgreement } from './agreement.js';

const turned = (shape: number[], transposed: boolean) =>
  transposed ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : shape;

describe.skipIf(engineUnderTest === 'cpu')('matMul agrees with pure JavaScript', () => {
  const cases: [string, number[], number[]][] = [
    ['one matrix each', [7, 5], [5, 3]],
    ['more than one block of the stock kernel', [60, 130], [130, 70]],
    ['one row, one column', [1, 9], [9, 1]],
    ['a batch of small matrices', [4, 3, 5], [4, 5, 2]],
    ['a batch of matrices big enough for XNNPACK', [3, 32, 40], [3, 40, 24]],
    ['two batch axes', [2, 3, 4, 5], [2, 3, 5, 6]],
  ];
  for (const [name, a, b] of cases) {
    for (const [transposeA, transposeB] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      test(`${name}, transposed: ${transposeA}, ${transposeB}`, () =>
        expectAgreement(
          (x, y) => tf.matMul(x, y, transposeA, transposeB),
          [turned(a, transposeA), turned(b, transposeB)],
        ));
    }
  }

  // TensorFlow.js does not sum the gradient of a shared side over the batch, on any engine.
  test.each([
    ['right', [4, 3, 5], [1, 5, 2]],
    ['left', [1, 6, 5], [4, 5, 3]],
  ] as const)('a batch that shares its %s side', (_side, a, b) =>
    expectAgreement((x, y) => tf.matMul(x, y), [a, b], { gradients: false }),
  );

  test.each(['linear', 'relu', 'elu', 'sigmoid', 'relu6'] as const)(
    'fused with a bias and %s',
    (activation) =>
      expectAgreement(
        (a, b, bias) =>
          tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, transposeB: true, bias, activation }),
        [[60, 130], [70, 130], [70]],
        // relu6 and sigmoid have no fused gradient in TensorFlow.js
        { gradients: activation === 'linear' || activation === 'relu' },
      ),
  );

  test('a batch, fused with a bias and relu', () =>
    expectAgreement(
      (a, b, bias) => tf.fused.matMul({ a: a as tf.Tensor3D, b: b as tf.Tensor3D, bias, activation: 'relu' }),
      [[3, 8, 100], [3, 100, 6], [6]],
      { gradients: false },
    ));
});

// TensorFlow.js's own kernel in pure JavaScript takes the wrong matrices here.
test.skipIf(engineUnderTest === 'cpu').each([
  [
    [2, 1],
    [1, 3],
  ],
  [
    [2, 1],
    [2, 3],
  ],
  [[2, 3], [3]],
])('batches [%s] and [%s] broadcast', (batchA, batchB) => {
  const count = (batch: number[], each: number) => batch.reduce((size, axis) => size * axis, 1) * each;
  const a = tf.sin(tf.range(0, count(batchA, 4))).reshape([...batchA, 2, 2]);
  const b = tf.cos(tf.range(0, count(batchB, 6))).reshape([...batchB, 2, 3]);
  const expected = tf.matMul(tf.broadcastTo(a, [2, 3, 2, 2]), tf.broadcastTo(b, [2, 3, 2, 3]));
  const product = tf.matMul(a, b);
  expect(product.shape).toEqual([2, 3, 2, 3]);
  expect([...product.dataSync()]).toEqual([...expected.dataSync()]);
});

test.skipIf(engineUnderTest === 'native')('a bias for each row, of as many rows as columns', () => {
  const [a, b] = [tf.eye(3), tf.eye(3)];
  const biased = tf.fused.matMul({ a, b, bias: tf.tensor2d([1, 2, 3], [3, 1]), activation: 'relu' });
  expect([...biased.dataSync()]).toEqual([2, 1, 1, 2, 3, 2, 3, 3, 4]);
});

test('a matrix that was used in one shape is right in another', () => {
  tf.tidy(() => {
    const b = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    expect([...tf.matMul(tf.ones([1, 2]), b).dataSync()]).toEqual([5, 7, 9]);
    expect([...tf.matMul(tf.ones([1, 3]), tf.reshape(b, [3, 2])).dataSync()]).toEqual([9, 12]);
    expect([...tf.matMul(tf.ones([1, 2]), b).dataSync()]).toEqual([5, 7, 9]);
  });
});

test('NaN and infinities stay in their rows and columns', () => {
  const a = tf.tensor2d([1, Number.NaN, 1, 1, 0, Number.POSITIVE_INFINITY], [3, 2]);
  const b = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const expected = [Number.NaN, Number.NaN, 4, 6, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  expect([...tf.matMul(a, b).dataSync()]).toEqual(expected);
  expect([...tf.fused.matMul({ a, b, activation: 'relu' }).dataSync()]).toEqual(expected);
  expect([...tf.matMul(a, b.transpose(), false, true).dataSync()]).toEqual(expected);
});

test('a product with an empty side is a product of zeros', () => {
  const product = tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3]));
  expect(product.shape).toEqual([2, 3]);
  expect([...product.dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
});
