import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { engineUnderTest, expectAgreement } from './agreement.js';

const filter = (x: tf.Tensor) => x as tf.Tensor4D;

describe.skipIf(engineUnderTest === 'cpu')('convolutions agree with pure JavaScript', () => {
  const around: tf.backend_util.ExplicitPadding = [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ];
  for (const pad of ['valid', 'same', around] as const) {
    for (const strides of [1, 2, [1, 2], [2, 1]] as const) {
      for (const [x, w] of [
        [
          [2, 7, 6, 3],
          [3, 2, 3, 4],
        ],
        [
          [1, 5, 5, 1],
          [3, 3, 1, 2],
        ],
        [
          [3, 4, 4, 5],
          [1, 1, 5, 2],
        ],
      ] as const) {
        // TensorFlow itself corrupts its memory where the padding exceeds the filter.
        if (engineUnderTest === 'native' && pad === around && w[0] === 1) continue;
        test(`conv2d: input [${x}], filter [${w}], strides ${strides}, padding ${pad}`, () =>
          expectAgreement((a, b) => tf.conv2d(filter(a), filter(b), strides as number, pad), [x, w]));
      }
    }
    for (const multiplier of [1, 2]) {
      test(`depthwiseConv2d: multiplier ${multiplier}, padding ${pad}`, async () => {
        const shapes = [
          [2, 6, 5, 3],
          [3, 2, 3, multiplier],
        ];
        for (const strides of [1, 2]) {
          await expectAgreement((a, b) => tf.depthwiseConv2d(filter(a), filter(b), strides, pad), shapes);
        }
      });
    }
  }

  test('conv1d, as text models use it', () =>
    expectAgreement(
      (a, b) => tf.conv1d(a as tf.Tensor3D, b as tf.Tensor3D, 1, 'same'),
      [
        [4, 30, 10],
        [3, 10, 12],
      ],
    ));

  test('depthwiseConv2d with dilation', () =>
    expectAgreement(
      (a, b) => tf.depthwiseConv2d(filter(a), filter(b), 1, 'valid', 'NHWC', 2),
      [
        [1, 7, 7, 2],
        [2, 2, 2, 1],
      ],
      { gradients: false },
    ));

  test('padding in each direction by itself', () =>
    expectAgreement(
      (a, b) =>
        tf.conv2d(filter(a), filter(b), 1, [
          [0, 0],
          [2, 0],
          [1, 3],
          [0, 0],
        ]),
      [
        [2, 5, 6, 3],
        [3, 2, 3, 4],
      ],
    ));

  test('the maximum and the mean of a window', async () => {
    await expectAgreement((x) => tf.maxPool(filter(x), [1, 6], 1, 'valid'), [[2, 1, 6, 3]]);
    await expectAgreement((x) => tf.maxPool(filter(x), 2, 1, 'same'), [[2, 5, 5, 3]]);
    await expectAgreement((x) => tf.avgPool(filter(x), 2, 2, 'valid'), [[2, 6, 6, 3]]);
  });

  test('the maximum of a window whose elements are all negative', () =>
    expectAgreement((x) => tf.maxPool(filter(tf.sub(tf.sigmoid(x), 2)), 2, 2, 'valid'), [[2, 6, 6, 3]]));
});

test.runIf(engineUnderTest === 'wasm')('padding by a number fits filters that are not square', () => {
  // TensorFlow.js takes the width of the filter for its height here; the stock kernels then write out of bounds.
  const convolve = (pad: 1 | tf.backend_util.ExplicitPadding) =>
    tf.tidy(() => {
      const slopes = tf.grads((x, w) => tf.conv2d(filter(x), filter(w), 1, pad));
      const [x, w] = [tf.range(0, 84).reshape([2, 7, 6, 1]), tf.range(0, 6).reshape([3, 2, 1, 1])];
      return [tf.conv2d(filter(x), filter(w), 1, pad), ...slopes([x, w], tf.ones([2, 7, 7, 1]))].map((y) =>
        y.arraySync(),
      );
    });
  expect(convolve(1)).toEqual(
    convolve([
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]),
  );
});
