import { bceWithLogits } from '@aimle/engine';
import { fillNormal, fillUniform, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';

const [B, S, P] = [3, 4, 50];
const x = new Float32Array(B * S * P);
const y = new Float32Array(B * P);
fillNormal(key('logits'), x);
fillUniform(key('targets'), y);
x.forEach((value, i) => {
  x[i] = 6 * value;
});

/** The definition, in float64. */
const entropy = (logit: number, target: number) =>
  Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
const targetOf = (i: number) => y[Math.floor(i / (S * P)) * P + (i % P)]!;

describe('bceWithLogits', () => {
  test('is the cross-entropy, for all samples of an instance', () => {
    const values = bceWithLogits(tf.tensor3d(x, [B, S, P]), tf.tensor2d(y, [B, P])).dataSync();
    expect(values.length).toBe(x.length);
    values.forEach((value, i) => {
      expect(Math.abs(value - entropy(x[i]!, targetOf(i)))).toBeLessThan(2e-7 * Math.max(1, Math.abs(x[i]!)));
    });
  });

  test('has the gradient sigmoid(x) - y, times that of the output', () => {
    const weights = tf.range(0, x.length).reshape([B, S, P]);
    const slope = tf.grad((logits) => tf.mul(weights, bceWithLogits(logits, tf.tensor2d(y, [B, P]))));
    slope(tf.tensor3d(x, [B, S, P]))
      .dataSync()
      .forEach((value, i) => {
        const expected = i * (1 / (1 + Math.exp(-x[i]!)) - targetOf(i));
        expect(Math.abs(value - expected)).toBeLessThan(1e-6 * Math.max(1, i));
      });
  });

  test('takes targets of the same shape, of any rank', () => {
    for (const shape of [[6], [2, 3], [1, 2, 3, 1]]) {
      const logits = tf.tensor(x.slice(0, 6), shape);
      const values = bceWithLogits(logits, tf.tensor(y.slice(0, 6), shape));
      expect(values.shape).toEqual(shape);
      expect(values.dataSync()[5]).toBeCloseTo(entropy(x[5]!, y[5]!), 5);
    }
  });

  test('is finite for logits of any size', () => {
    const extreme = tf.tensor1d([-1e30, -200, 200, 1e30]);
    expect([...bceWithLogits(extreme, tf.tensor1d([0, 1, 1, 0])).dataSync()]).toEqual([
      0,
      200,
      0,
      Math.fround(1e30),
    ]);
    const slope = tf
      .grad((logits) => bceWithLogits(logits, tf.zeros([4])))(extreme)
      .dataSync();
    expect([...slope]).toEqual([0, 0, 1, 1]);
  });

  test('passes NaN on', () => {
    expect(bceWithLogits(tf.tensor1d([Number.NaN]), tf.tensor1d([1])).dataSync()[0]).toBeNaN();
  });

  test('leaks nothing', () => {
    const [logits, targets] = [tf.tensor3d(x, [B, S, P]), tf.tensor2d(y, [B, P])];
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) {
      tf.tidy(() =>
        tf
          .grad((t) => bceWithLogits(t, targets))(logits)
          .dataSync(),
      );
      tf.tidy(() => bceWithLogits(logits, targets).dataSync());
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test('says which shapes it takes', () => {
    expect(() => bceWithLogits(tf.zeros([2, 3, 4]), tf.zeros([3, 4]))).toThrow(
      'got targets [3, 4] for logits [2, 3, 4]',
    );
  });
});
