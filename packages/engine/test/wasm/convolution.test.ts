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

describe('padding by a number fits filters and strides that are not square', () => {
  // TensorFlow.js takes the height of filter and stride for their width here.
  const all = (pad: 1 | tf.backend_util.ExplicitPadding) =>
    tf.tidy(() => {
      const [x, w] = [tf.range(0, 84).reshape([2, 7, 6, 1]), tf.range(0, 6).reshape([3, 2, 1, 1])];
      const outcome = (f: (x: tf.Tensor4D, w: tf.Tensor4D) => tf.Tensor) => {
        const y = f(filter(x), filter(w));
        const slopes = tf.grads((a, b) => f(filter(a), filter(b)).add(b.sum().mul(0)))(
          [x, w],
          tf.onesLike(y),
        );
        return [y, ...slopes].map((t) => t.arraySync());
      };
      return {
        conv2d: outcome((a, b) => tf.conv2d(a, b, 1, pad)),
        strided: outcome((a, b) => tf.conv2d(a, b, [2, 1], pad)),
        depthwise: outcome((a, b) => tf.depthwiseConv2d(a, b, 1, pad)),
        maxPool: outcome((a) => tf.maxPool(a, [3, 2], 1, pad)),
        // On native, TensorFlow.js has no such padding for means.
        avgPool: engineUnderTest === 'native' ? [] : outcome((a) => tf.avgPool(a, [3, 2], 1, pad)),
      };
    });

  test('as padding by direction does, values and gradients', () => {
    const around: tf.backend_util.ExplicitPadding = [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ];
    expect(all(1)).toEqual(all(around));
  });

  test('with the shape that the window leaves', () => {
    const ones = (shape: [number, number, number, number]) => tf.ones<tf.Rank.R4>(shape);
    expect(tf.conv2d(ones([1, 3, 4, 1]), ones([3, 1, 1, 1]), 1, 1).shape).toEqual([1, 3, 6, 1]);
    expect(tf.conv2d(ones([1, 5, 5, 1]), ones([3, 3, 1, 1]), [2, 1], 1).shape).toEqual([1, 3, 5, 1]);
    expect(tf.maxPool(ones([1, 3, 4, 1]), [3, 1], 1, 1).shape).toEqual([1, 3, 6, 1]);
  });
});
