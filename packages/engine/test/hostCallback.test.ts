import { hostCallback, stopGradient } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

/** y = x^2 on typed arrays, with shape [1, size]. */
function square(x: tf.Tensor): tf.Tensor {
  let kept: Float32Array = new Float32Array();
  return hostCallback(x, {
    forward: (values) => {
      kept = values;
      return { values: values.map((value) => value * value), shape: [1, values.length] };
    },
    backward: (gradient) => gradient.map((value, i) => 2 * kept[i]! * value),
  });
}

describe('hostCallback', () => {
  test('maps values and gradients through the given functions', () => {
    const x = tf.tensor2d([1, -2, 3, 4], [2, 2]);
    const y = square(x);
    expect(y.shape).toEqual([1, 4]);
    expect([...y.dataSync()]).toEqual([1, 4, 9, 16]);
    const { value, grad } = tf.valueAndGrad((t) => tf.sum(tf.mul(square(t), [1, 2, 3, 4])))(x);
    expect(value.dataSync()[0]).toBe(1 + 8 + 27 + 64);
    expect(grad.shape).toEqual([2, 2]);
    expect([...grad.dataSync()]).toEqual([2, -8, 18, 32]);
  });

  test('takes inputs of any rank, scalars included', () => {
    for (const shape of [[], [2], [1, 2], [2, 1, 2], [1, 2, 1, 2, 1]]) {
      const x = tf.ones(shape);
      const grad = tf.grad((t) => tf.sum(square(t)))(x);
      expect(grad.shape).toEqual(shape);
      expect([...grad.dataSync()].every((value) => value === 2)).toBe(true);
    }
  });

  test('passes typed arrays, also for empty tensors', () => {
    const empty = tf.concat([tf.zeros([0, 2]), tf.zeros([0, 2])]);
    hostCallback(empty, {
      forward: (values) => {
        expect(values).toBeInstanceOf(Float32Array);
        return { values, shape: [0, 2] };
      },
      backward: (gradient) => gradient,
    });
  });

  test('adds up the gradients when the same input is used twice, here and elsewhere', () => {
    const grad = tf.grad((t) =>
      tf.sum(tf.add(square(t), tf.mul(3, tf.reshape(tf.add(square(t), t), [1, 2])))),
    );
    expect([...grad(tf.tensor1d([1, 2])).dataSync()]).toEqual([11, 19]);
  });

  test('works on a value computed inside the loss, in variableGrads and tidy, and leaks nothing', () => {
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const step = () =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(
          () => tf.sum(square(tf.mul(2, weight))) as tf.Scalar,
          [weight],
        );
        return [value.dataSync()[0], ...grads[weight.name]!.dataSync()];
      });
    expect(step()).toEqual([20, 8, 16]);
    const before = tf.memory();
    for (let i = 0; i < 200; i++) step();
    for (let i = 0; i < 200; i++) square(weight).dispose();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    weight.dispose();
  });

  test('lets the functions write over their arguments and reuse their buffers', () => {
    const buffer = new Float32Array(2);
    const shift = (x: tf.Tensor) =>
      hostCallback(x, {
        forward: (values) => {
          buffer.set(values.map((value) => value + 1));
          values.fill(99);
          return { values: buffer, shape: [2] };
        },
        backward: (gradient) => {
          buffer.set(gradient);
          gradient.fill(99);
          return buffer;
        },
      });
    const x = tf.tensor1d([1, 2]);
    const first = shift(x);
    const second = shift(tf.tensor1d([5, 6]));
    expect([...x.dataSync()]).toEqual([1, 2]);
    expect([...first.dataSync(), ...second.dataSync()]).toEqual([2, 3, 6, 7]);
    const grads = tf.grads((a, b) => tf.sum(tf.add(shift(a), tf.mul(2, shift(b)))))([x, tf.tensor1d([0, 0])]);
    expect(grads.flatMap((grad) => [...grad.dataSync()])).toEqual([1, 1, 2, 2]);
  });

  test('says what is wrong with an input or an answer', () => {
    const identity = { backward: (gradient: Float32Array) => gradient };
    expect(() => square(tf.tensor1d([1], 'int32'))).toThrow(/input must be float32, got int32/);
    expect(() =>
      hostCallback(tf.tensor1d([1]), { ...identity, forward: (values) => ({ values, shape: [2, 3] }) }),
    ).toThrow('hostCallback: forward must return 6 values for shape [2, 3], got 1');
    const short = (x: tf.Tensor) =>
      hostCallback(x, { forward: (values) => ({ values, shape: [2] }), backward: () => new Float32Array(5) });
    expect(() => tf.grad(short)(tf.tensor1d([1, 2]))).toThrow(
      'hostCallback: backward must return 2 values for shape [2], got 5',
    );
  });
});

describe('second derivatives of a hostCallback', () => {
  const slope = (x: tf.Tensor) => tf.grad((t: tf.Tensor) => tf.sum(square(t)))(x);

  test('are an error that names the operation, not a number', () => {
    const penalised = tf.grad((x: tf.Tensor) => tf.add(tf.sum(x), tf.sum(tf.square(slope(x)))));
    expect(() => penalised(tf.tensor1d([1, 2]))).toThrow(/^hostCallback: has no second derivative/);
    const inGradient = tf.grad((g: tf.Tensor) => tf.grad((t: tf.Tensor) => square(t))(tf.ones([1]), g));
    expect(() => inGradient(tf.ones([1, 1]))).toThrow(/second derivative/);
  });

  test('do not matter for a gradient that is only read, or stopped', () => {
    const looked = tf.grad((x: tf.Tensor) => tf.add(tf.sum(x), tf.sum(stopGradient(slope(x)))));
    expect([...looked(tf.tensor1d([1, 2])).dataSync()]).toEqual([1, 1]);
  });

  test('are taken where the backward pass can be differentiated', () => {
    const cube = (x: tf.Tensor) =>
      hostCallback(x, {
        forward: (values) => ({ values: values.map((value) => value ** 3), shape: x.shape }),
        backward: () => new Float32Array(0),
        differentiableBackward: (gradient, input) => tf.mul(gradient, tf.mul(3, tf.square(input))),
      });
    const second = tf.grad((x: tf.Tensor) => tf.sum(tf.grad((t: tf.Tensor) => tf.sum(cube(t)))(x)));
    expect([...second(tf.tensor1d([1, 2])).dataSync()]).toEqual([6, 12]);
  });
});

test('stopGradient passes the value on and lets no gradient back', () => {
  const x = tf.tensor1d([2, 3]);
  expect([...stopGradient(x).dataSync()]).toEqual([2, 3]);
  expect([
    ...tf
      .grad((t) => tf.mul(t, stopGradient(t)))(x)
      .dataSync(),
  ]).toEqual([2, 3]);
  expect([
    ...tf
      .grad((t) => stopGradient(tf.square(t)))(x)
      .dataSync(),
  ]).toEqual([0, 0]);
});
