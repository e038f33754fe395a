import { bernoulli, enumerated, spanningTree, topK } from '@aimle/distributions';
import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { exactExpectation } from '../src/index.js';

const options = { key: key(0) };
const trees = spanningTree({ vertices: 4 });
const theta = [0.3, -1.2, 0.5, 0.9, -0.4, 0.1, 2.5, 0.5, -1.5, 0.25, 0, -0.75];
const weights = [1, -2, 0.5, 3, 0.25, -1];
const loss = (z: tf.Tensor): tf.Tensor => z.mul(weights).sum(-1).square();

/** The expectation in double precision, with probabilities of the distribution's own. */
function textbook(x: Float64Array): number {
  let sum = 0;
  for (const state of trees.states()) {
    const z = Float64Array.from(state);
    const p = Math.exp(trees.logProbability(x, z)[0]!);
    sum += p * z.reduce((dot, one, i) => dot + one * weights[i]!, 0) ** 2;
  }
  return sum;
}

/** Central differences. */
function finiteDifferences(f: (x: Float64Array) => number, at: readonly number[]): number[] {
  return at.map((_, i) => {
    const [up, down] = [Float64Array.from(at), Float64Array.from(at)];
    up[i]! += 1e-5;
    down[i]! -= 1e-5;
    return (f(up) - f(down)) / 2e-5;
  });
}

describe('of two instances', () => {
  const halves = [theta.slice(0, 6), theta.slice(6)];
  const exact = exactExpectation(trees);

  test('the value and the gradient are those of the sum over states', () => {
    const value = (x: tf.Tensor): tf.Tensor => exact.expectation(x, loss, options);
    const t = tf.tensor2d(halves);
    const answers = [...value(t).dataSync()];
    const scaled = tf
      .grad((x: tf.Tensor) => value(x).mul([2, -3]).sum())(t)
      .dataSync();
    for (const [r, half] of halves.entries()) {
      expect(answers[r]).toBeCloseTo(textbook(Float64Array.from(half)), 4);
      const expected = finiteDifferences(textbook, half);
      for (const [i, slope] of expected.entries()) {
        expect(Math.abs(scaled[r * 6 + i]! - [2, -3][r]! * slope)).toBeLessThan(2e-5);
      }
    }
  });

  test('neither key nor samples matter', () => {
    const t = tf.tensor2d(halves);
    const once = exact.expectation(t, loss, options);
    const again = exact.expectation(t, loss, { key: key(9), samples: 7 });
    expect([...again.dataSync()]).toEqual([...once.dataSync()]);
    expect(exact.lastStep?.samples).toBe(16);
  });
});

test('blocks that share a loss are summed over together', () => {
  // Two independent bits: E[z_1 z_2] = p_1 p_2.
  const exact = exactExpectation(bernoulli({ size: 1 }));
  const t = tf.tensor3d([
    [[0.4], [-1]],
    [[2], [0.5]],
  ]);
  const both = (x: tf.Tensor): tf.Tensor => exact.expectation(x, (z) => z.squeeze([-1]).prod(2), options);
  const p = tf.sigmoid(t).dataSync();
  const answers = both(t).dataSync();
  for (const b of [0, 1]) expect(answers[b]).toBeCloseTo(p[2 * b]! * p[2 * b + 1]!, 6);
  const gradient = tf
    .grad((x: tf.Tensor) => both(x).sum())(t)
    .dataSync();
  for (const [i, other] of [1, 0, 3, 2].entries()) {
    expect(gradient[i]).toBeCloseTo(p[i]! * (1 - p[i]!) * p[other]!, 6);
  }
});

test('blocks with losses of their own have those of single instances', () => {
  const exact = exactExpectation(topK({ size: 3, k: 1 }));
  const own = (z: tf.Tensor): tf.Tensor => z.mul([1, 5, -2]).sum(-1).square();
  const value = (x: tf.Tensor): tf.Tensor => exact.expectation(x, own, options);
  const weights = tf.tensor1d([1, -2, 3, 0.5]);
  const slope = (x: tf.Tensor) => tf.grad((y: tf.Tensor) => value(y).flatten().mul(weights).sum())(x);
  const blocks = tf.tensor3d(theta, [2, 2, 3]);
  const apart = blocks.reshape([4, 3]);
  for (const f of [value, slope]) {
    const together = f(blocks).dataSync();
    for (const [i, x] of f(apart).dataSync().entries()) expect(together[i]).toBeCloseTo(x, 4);
  }
});

/** Whether TensorFlow.js can sum an empty tensor, as the losses here do: on webgl and webgpu it cannot. */
const sumsNothing = () => !['webgl', 'webgpu'].includes(tf.getBackend());

test.for([
  [0, 3],
  [2, 0, 3],
  [0, 0, 3],
])('theta of shape %j has no losses, and a gradient of its shape', (shape, { skip }) => {
  skip(!sumsNothing());
  const exact = exactExpectation(topK({ size: 3, k: 1 }));
  const value = (x: tf.Tensor): tf.Tensor => exact.expectation(x, (z) => z.sum(-1), options);
  const t = tf.zeros(shape);
  expect(value(t).shape).toEqual(shape.slice(0, -1));
  expect(tf.grad((x: tf.Tensor) => value(x).sum())(t).shape).toEqual(shape);
});

test('an instance without blocks has the loss of no block, and no gradient', ({ skip }) => {
  skip(!sumsNothing());
  const exact = exactExpectation(topK({ size: 3, k: 1 }));
  const value = (x: tf.Tensor): tf.Tensor => exact.expectation(x, (z) => z.sum([-1, -2]).add(5), options);
  expect([...value(tf.zeros([2, 0, 3])).dataSync()]).toEqual([5, 5]);
  expect(tf.grad((x: tf.Tensor) => value(x).sum())(tf.zeros([2, 0, 3])).shape).toEqual([2, 0, 3]);
});

test('what theta forbids has no weight', () => {
  const exact = exactExpectation(topK({ size: 3, k: 1 }));
  const t = tf.tensor1d([0, -Infinity, 0]);
  const value = exact.expectation(t, (z) => z.mul([1, 1e6, 3]).sum(-1), options);
  expect(value.shape).toEqual([]);
  expect(value.dataSync()[0]).toBe(2);
});

test('large thetas neither overflow nor vanish', () => {
  const exact = exactExpectation(topK({ size: 3, k: 2 }));
  for (const size of [500, -500]) {
    const value = exact.expectation(tf.fill([1, 3], size), (z) => z.mul([1, 2, 3]).sum(-1), options);
    expect(value.dataSync()[0]).toBeCloseTo(4, 5);
  }
});

test('more states than the limit are refused, with what to do', () => {
  const pairs = topK({ size: 6, k: 3 });
  expect(() => exactExpectation(pairs, { limit: 19 })).toThrow(
    /exact-expectation: an instance must have at most 19 states, got more from topK. Raise the limit/,
  );
  const exact = exactExpectation(pairs, { limit: 20 });
  exact.expectation(tf.zeros([6]), (z) => z.sum(-1), options);
  expect(exact.lastStep?.samples).toBe(20);
  expect(() => exact.expectation(tf.zeros([1, 2, 6]), (z) => z.sum(-1), options)).toThrow(
    /at most 20 states, got 20\^2 of 2 blocks together/,
  );
  expect(() => exactExpectation(pairs, { limit: 0 })).toThrow(
    /limit must be an integer in \[1, 1048576\], got 0/,
  );
  expect(() => exactExpectation(bernoulli({ size: 40 }))).toThrow(/bernoulli: states .*at most/);
});

test('an instance without a state is named', () => {
  const one = enumerated({ name: 'one', size: 2, states: [[1, 0]] });
  const t = tf.tensor2d([
    [0, 0],
    [-Infinity, 0],
  ]);
  expect(() => exactExpectation(one).expectation(t, (z) => z.sum(-1), options)).toThrow(
    /one: instance 1 has no state/,
  );
});
