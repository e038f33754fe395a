import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { engineUnderTest, expectAgreement } from './agreement.js';

describe.skipIf(engineUnderTest === 'cpu')('operations of the task models agree with pure JavaScript', () => {
  const positive = (x: tf.Tensor) => tf.add(tf.square(x), 0.1);
  const cases: Record<string, [(...inputs: tf.Tensor[]) => tf.Tensor, number[][]]> = {
    'gather with repeated rows': [(x) => tf.gather(x, tf.tensor1d([3, 0, 3, 1], 'int32')), [[5, 4]]],
    'gather with a matrix of indices': [
      (x) =>
        tf.gather(
          x,
          tf.tensor2d(
            [
              [1, 1],
              [0, 2],
            ],
            undefined,
            'int32',
          ),
        ),
      [[3, 2]],
    ],
    'gather of long rows': [(x) => tf.gather(x, tf.tensor1d([3, 0, 3], 'int32')), [[4, 40]]],
    'gather of long rows along a middle axis': [
      (x) => tf.gather(x, tf.tensor2d([2, 0, 1, 1], [2, 2], 'int32'), 1),
      [[2, 3, 5, 4]],
    ],
    'gather along the last axis': [(x) => tf.gather(x, tf.tensor1d([2, 2, 0], 'int32'), 1), [[3, 4]]],
    'unsortedSegmentSum with slices that belong to none': [
      (x) => tf.unsortedSegmentSum(x, tf.tensor1d([1, -1, 2, 1], 'int32'), 3),
      [[4, 2, 3]],
    ],
    unsortedSegmentSum: [(x) => tf.unsortedSegmentSum(x, tf.tensor1d([2, 0, 2, 1], 'int32'), 4), [[4, 3]]],
    'tile along the first axis': [(x) => tf.tile(x, [3, 1, 1]), [[2, 3, 4]]],
    'tile along the middle axis': [(x) => tf.tile(x, [1, 3, 1]), [[2, 1, 4]]],
    'tile along every axis': [(x) => tf.tile(x, [2, 3, 2]), [[2, 3, 2]]],
    'tile of one number': [(x) => tf.tile(x, [4]), [[1]]],
    broadcastTo: [(x) => tf.broadcastTo(x, [5, 2, 3]), [[2, 3]]],
    'maximum and minimum with a number': [(x) => tf.minimum(tf.maximum(x, -0.5), 0.7), [[6, 7]]],
    'maximum of two tensors': [
      (x, y) => tf.maximum(x, y),
      [
        [4, 5],
        [4, 5],
      ],
    ],
    relu: [(x) => tf.relu(x), [[40]]],
    elu: [(x) => tf.elu(x), [[40]]],
    sigmoid: [(x) => tf.sigmoid(x), [[40]]],
    softplus: [(x) => tf.softplus(x), [[40]]],
    tanh: [(x) => tf.tanh(x), [[40]]],
    'log and exp': [(x) => tf.log(positive(tf.exp(x))), [[40]]],
    log1p: [(x) => tf.log1p(tf.exp(tf.neg(tf.abs(x)))), [[40]]],
    'sqrt and rsqrt': [(x) => tf.add(tf.sqrt(positive(x)), tf.rsqrt(positive(x))), [[40]]],
    softmax: [(x) => tf.softmax(x), [[6, 5]]],
    logSoftmax: [(x) => tf.logSoftmax(x), [[6, 5]]],
    logSumExp: [(x) => tf.logSumExp(x, -1), [[6, 5]]],
    'sums over axes': [(x) => tf.add(tf.sum(x, [1, 2]), tf.mean(x, [0, 2]).slice(0, 2)), [[2, 3, 4]]],
    'the maximum over time': [(x) => tf.max(x, 1), [[2, 5, 3]]],
    'division with broadcasting': [(x, y) => tf.div(x, positive(y)), [[3, 4], [4]]],
    squaredDifference: [
      (x, y) => tf.squaredDifference(x, y),
      [
        [3, 4],
        [3, 4],
      ],
    ],
    'concat and slice': [
      (x, y) => tf.slice(tf.concat([x, y], 1), [0, 1], [2, 3]),
      [
        [2, 3],
        [2, 2],
      ],
    ],
    'concat along the middle axis, of different sizes': [
      (x, y, z) => tf.concat([x, y, z], 1),
      [
        [3, 1, 2],
        [3, 5, 2],
        [3, 0, 2],
      ],
    ],
    'stack and unstack': [
      (x, y) => tf.unstack(tf.stack([x, y], 1))[1]!,
      [
        [2, 3],
        [2, 3],
      ],
    ],
    transpose: [(x) => tf.transpose(x, [2, 0, 3, 1]), [[2, 3, 4, 5]]],
    padding: [
      (x) =>
        tf.pad(x, [
          [1, 0],
          [2, 1],
        ]),
      [[2, 3]],
    ],
    where: [(x, y) => tf.where(tf.tensor1d([1, 0, 1], 'bool'), x, y), [[3], [3]]],
    cumsum: [(x) => tf.cumsum(x, 1), [[2, 5]]],
    'oneHot times a matrix': [
      (x) => tf.matMul(tf.oneHot(tf.tensor1d([2, 0], 'int32'), 3).toFloat(), x),
      [[3, 2]],
    ],
    'batch normalisation': [
      (x, scale, offset) => {
        const { mean, variance } = tf.moments(x, 0);
        return tf.batchNorm(
          x,
          mean as tf.Tensor1D,
          variance as tf.Tensor1D,
          offset as tf.Tensor1D,
          scale as tf.Tensor1D,
          1e-5,
        );
      },
      [[12, 4], [4], [4]],
    ],
  };
  for (const [name, [operation, shapes]] of Object.entries(cases)) {
    test(name, () => expectAgreement(operation, shapes));
  }
});

test.skipIf(engineUnderTest === 'cpu')('maximum and minimum broadcast', async () => {
  // TensorFlow.js does not sum their gradients over the broadcast axes, on any engine.
  await expectAgreement((x, y) => tf.minimum(x, y), [[4, 5], [5]], { gradients: false });
  await expectAgreement(
    (x, y) => tf.maximum(x, y),
    [
      [3, 1],
      [1, 4],
    ],
    { gradients: false },
  );
});

test('segments out of range are left out of unsortedSegmentSum', () => {
  const sums = tf.unsortedSegmentSum(tf.tensor1d([1, 2, 4]), tf.tensor1d([1, -1, 1], 'int32'), 2);
  expect([...sums.dataSync()]).toEqual([0, 5]);
});

test('no clamp turns NaN into a number, whatever its sign', () => {
  const negative = new Float32Array(new Uint32Array([0xffc00000]).buffer)[0]!;
  const x = tf.tensor1d([Number.NaN, 1, -1, negative, 2, 3, 4, 5, Number.NaN]);
  const y = tf.ones([9]);
  const clamps = {
    relu: tf.relu(x),
    relu6: tf.relu6(x),
    clipByValue: tf.clipByValue(x, -1, 1),
    'maximum with a number': tf.maximum(x, 0),
    'maximum of a number': tf.maximum(0, x),
    'minimum with a number': tf.minimum(x, 0),
    'maximum with a tensor': tf.maximum(x, y),
    'minimum of a tensor': tf.minimum(y, x),
  };
  for (const [name, clamped] of Object.entries(clamps)) {
    const nans = Array.from(clamped.dataSync(), Number.isNaN);
    expect(nans, name).toEqual([true, false, false, true, false, false, false, false, true]);
  }
});

test('clamps keep infinities', () => {
  const x = tf.tensor1d([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -2]);
  expect([...tf.relu(x).dataSync()]).toEqual([Number.POSITIVE_INFINITY, 0, 0]);
  expect([...tf.minimum(x, 3).dataSync()]).toEqual([3, Number.NEGATIVE_INFINITY, -2]);
});

test('tile keeps integers and booleans', () => {
  expect([...tf.tile(tf.tensor1d([1, 2], 'int32'), [2]).dataSync()]).toEqual([1, 2, 1, 2]);
  const truths = tf.tile(tf.tensor2d([1, 0], [1, 2], 'bool'), [2, 1]);
  expect(truths.dtype).toBe('bool');
  expect([...truths.dataSync()]).toEqual([1, 0, 1, 0]);
});

// libtensorflow refuses different types.
test.skipIf(engineUnderTest === 'native')('concat converts numbers of different types as stock does', () => {
  const floats = tf.tensor2d([
    [1.5, 2],
    [3, 4],
  ]);
  const whole = tf.tensor2d([[5], [6]], [2, 1], 'int32');
  expect(Array.from(tf.concat([floats, whole as tf.Tensor2D], 1).dataSync())).toEqual([1.5, 2, 5, 3, 4, 6]);
});

test('concat keeps integers and booleans', () => {
  const column = (dtype: 'int32' | 'bool') => tf.tensor2d([1, 0], [2, 1], dtype);
  for (const dtype of ['int32', 'bool'] as const) {
    const both = tf.concat([column(dtype), tf.ones([2, 2], dtype)], 1);
    expect(both.dtype).toBe(dtype);
    expect([...both.dataSync()]).toEqual([1, 1, 1, 0, 1, 1]);
  }
});

test('the gradient of a rectifier keeps NaN of either side', () => {
  const x = tf.tensor1d([1, -1, Number.NaN, 2, -2]);
  const dy = tf.tensor1d([3, 4, 5, Number.NaN, Number.NaN]);
  const dx = tf.grad((t) => tf.relu(t))(x, dy);
  expect([...dx.dataSync()]).toEqual([3, 0, Number.NaN, Number.NaN, Number.NaN]);
});

test('a clone lives on when its tensor is disposed of, and the other way round', () => {
  const before = tf.memory();
  const x = tf.tensor1d([1, 2, 3]);
  const [first, second] = [x.clone(), tf.clone(x)];
  x.dispose();
  first.dispose();
  const reused = tf.fill([3], 9);
  expect([...second.dataSync()]).toEqual([1, 2, 3]);
  tf.dispose([second, reused]);
  expect(tf.memory().numTensors).toBe(before.numTensors);
  expect(tf.memory().numBytes).toBe(before.numBytes);
});

test.runIf(engineUnderTest === 'wasm')(
  'gather refuses an index out of range, and leaves nothing behind',
  () => {
    for (const columns of [2, 40]) {
      const x = tf.ones([4, columns]);
      const count = tf.memory().numTensors;
      for (const index of [-1, 4]) {
        const indices = tf.tensor1d([0, index], 'int32');
        // The words of the stock kernel, where it is used for short rows, are others.
        expect(() => tf.gather(x, indices)).toThrow('in [0, 3]');
        indices.dispose();
      }
      expect(tf.memory().numTensors).toBe(count);
    }
  },
);
