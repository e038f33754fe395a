import { key } from '@aimle/random';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { type Estimator, estimators } from '../src/index.js';
import { ofSubsets } from './entries.js';

const shapes = [[5], [1, 5], [3, 5], [2, 2, 5], [2, 1, 2, 5]];
const weights = [1, -0.5, 2, 0.25, -1.5];

/** Not linear in z, and different in every element. */
const loss = (z: tf.Tensor): tf.Tensor => z.mul(weights).sum(-1).add(0.5).square();

/** The gradient of the summed value in theta. */
function slope(
  estimator: Estimator,
  theta: tf.Tensor,
  samples: number,
  of: (z: tf.Tensor) => tf.Tensor = loss,
  seed = 5,
): number[] {
  const gradient = tf.grad((x: tf.Tensor) => estimator.expectation(x, of, { key: key(seed), samples }).sum());
  return [...gradient(theta).dataSync()];
}

/** Score functions without a baseline weigh the loss itself: where it is constant, their gradient is 0 in the mean only. */
const noisyAtConstants = ['score-function', 'score-function-plain'];

describe.each(estimators)('the expectation of $name', (entry) => {
  const { name, minSamples } = entry;
  const random = name !== 'exact-expectation';

  test.each(shapes)(
    'has one number per state of theta of shape %s, and a gradient of its shape',
    (...shape) => {
      const theta = tf.randomNormal(shape, 0, 1, 'float32', 3);
      const estimator = ofSubsets(entry, 5, 2);
      const expected = (x: tf.Tensor): tf.Tensor =>
        estimator.expectation(x, loss, { key: key(1), samples: 2 });
      expect(estimator.lastStep).toBeNull();
      expect(expected(theta).shape).toEqual(shape.slice(0, -1));
      const before = estimator.lastStep!;
      expect(before.samples).toBeGreaterThanOrEqual(2);
      const gradient = tf.grad((x: tf.Tensor) => expected(x).sum())(theta);
      expect(before.sparsity).toBeNull();
      expect(gradient.shape).toEqual(shape);
      const slopes = [...gradient.dataSync()];
      expect(slopes.every(Number.isFinite)).toBe(true);
      expect(estimator.lastStep!.sparsity).toBeCloseTo(
        slopes.filter((x) => x === 0).length / slopes.length,
        6,
      );
    },
  );

  test('is the mean over samples of the losses of the states that the loss saw', () => {
    let seen: number[] = [];
    const watched = (z: tf.Tensor): tf.Tensor => {
      const losses = loss(z);
      seen = [...losses.dataSync()];
      return losses;
    };
    const estimator = ofSubsets(entry, 5, 2);
    const theta = tf.zeros([1, 5]);
    const value = estimator.expectation(theta, watched, { key: key(2), samples: 7 });
    // If theta is zero, all states are equally probable: the exact value is their mean.
    const mean = seen.reduce((sum, x) => sum + x, 0) / seen.length;
    expect(value.dataSync()[0]).toBeCloseTo(mean, 4);
  });

  test('has the exact gradient in what else the loss depends on', () => {
    const estimator = ofSubsets(entry, 5, 2);
    const theta = tf.tensor2d([[0.5, -1, 0.2, 1, 0]]);
    const scale = tf.scalar(3);
    let linear = 0;
    const total = (a: tf.Tensor): tf.Tensor => {
      const value = estimator.expectation(theta, (z) => loss(z).mul(a.square()), {
        key: key(2),
        samples: 4,
      });
      linear = value.dataSync()[0]! / 9;
      return value.sum();
    };
    const gradient = tf.grad(total)(scale).dataSync()[0]!;
    expect(linear).not.toBe(0);
    expect(gradient).toBeCloseTo(6 * linear, 3);
  });

  test('is the same for the same key and another for another', () => {
    const theta = tf.tensor2d([[0.5, -1, 0.2, 1, 0]]);
    const run = (seed: number) => slope(ofSubsets(entry, 5, 2), theta, 4, loss, seed);
    expect(run(1)).toEqual(run(1));
    if (random) expect(run(1)).not.toEqual(run(2));
  });

  test('continues from its saved state, which survives JSON', () => {
    const [first, second] = [ofSubsets(entry, 5, 2), ofSubsets(entry, 5, 2)];
    const theta = tf.randomNormal([2, 5], 0, 1, 'float32', 9);
    for (let step = 0; step < 3; step++) slope(first, theta, 2);
    second.state = JSON.parse(JSON.stringify(first.state));
    expect(second.state).toEqual(first.state);
    expect(slope(second, theta, 2)).toEqual(slope(first, theta, 2));
  });

  test('has a mode that does not depend on how the batch is cut', () => {
    const estimator = ofSubsets(entry, 6, 2);
    const theta = tf.randomNormal([4, 6], 0, 1, 'float32', 9);
    const single = theta.unstack().flatMap((row) => [...estimator.mode(row).dataSync()]);
    expect([...estimator.mode(theta).dataSync()]).toEqual(single);
  });

  test('has a gradient of 0 where the loss has none, and a finite one where it is linear', () => {
    const estimator = ofSubsets(entry, 5, 2);
    const theta = tf.randomNormal([3, 5], 0, 1, 'float32', 9);
    const constant = (z: tf.Tensor): tf.Tensor => z.mul(0).sum(-1).add(3);
    const value = estimator.expectation(theta, constant, { key: key(0), samples: 2 });
    for (const mean of value.dataSync()) expect(mean).toBeCloseTo(3, 5);
    const gradient = slope(estimator, theta, 2, constant);
    if (noisyAtConstants.includes(name)) expect(gradient.every(Number.isFinite)).toBe(true);
    else for (const x of gradient) expect(Math.abs(x)).toBeLessThan(1e-6);
    const linear = slope(estimator, theta, 2, (z) => z.mul(weights).sum(-1));
    expect(linear.every(Number.isFinite)).toBe(true);
    expect(linear.some((x) => x !== 0)).toBe(true);
  });

  test('gives what is masked no gradient, and everything else a finite one', () => {
    const masked = tf.tensor2d([[0, Number.NEGATIVE_INFINITY, 1, 0.5, 0.3]]);
    const gradient = slope(ofSubsets(entry, 5, 2), masked, 40);
    expect(gradient.every(Number.isFinite)).toBe(true);
    // Straight-through passes the gradient on unchanged.
    if (name !== 'straight-through') expect(gradient[1]).toBe(0);
    expect(gradient.some((x) => x !== 0)).toBe(true);
  });

  test('has gradients on one scale for every S', () => {
    const rows = 3000;
    const theta = tf.tile([[0.5, -1, 0.2, 1, 0]], [rows, 1]);
    const linear = (z: tf.Tensor): tf.Tensor => z.mul(weights).sum(-1);
    const norm = (samples: number): number => {
      const gradient = tf.tensor2d(slope(ofSubsets(entry, 5, 2), theta, samples, linear), [rows, 5]);
      return gradient.mean(0).norm().dataSync()[0]!;
    };
    const ratio = norm(minSamples) / norm(minSamples + 3);
    // With one sample and four, a wrong scale is a factor of 2 at least; a lambda that adapts to S changes less.
    expect(Math.abs(Math.log2(ratio))).toBeLessThan(0.5);
  });

  test('leaves no tensor behind', async () => {
    const estimator = ofSubsets(entry, 5, 2);
    const theta = tf.variable(tf.randomNormal([2, 5], 0, 1, 'float32', 9));
    const optimiser = tf.train.sgd(0.1);
    await expectNoLeak(tf, () => {
      optimiser.minimize(() =>
        estimator.expectation(theta, loss, { key: key(1), samples: 2 }).mean<tf.Scalar>(),
      );
      estimator.mode(theta).dispose();
    });
  });

  test('names the instance and element of a NaN in theta', () => {
    const theta = tf.tensor2d([
      [0, 1, 2, 3, 4],
      [0, 1, 2, Number.NaN, 4],
    ]);
    expect(() => ofSubsets(entry, 5, 2).expectation(theta, loss, { key: key(0), samples: 2 })).toThrow(
      /theta must not be NaN, got NaN in row 1, element 3/,
    );
  });

  test('refuses a theta of another size, a number of samples that is not one, and losses of another shape', () => {
    const estimator = ofSubsets(entry, 5, 2);
    const ask =
      (shape: number[], samples: number, of = loss) =>
      () =>
        estimator.expectation(tf.zeros(shape), of, { key: key(0), samples });
    expect(ask([2, 4], 2)).toThrow(/last axis of theta must be .* 5, got shape \[2,4\]/);
    expect(ask([2, 5], 0)).toThrow(/samples must be a positive integer, got 0/);
    expect(ask([2, 5], 1.5)).toThrow(/got 1.5/);
    expect(ask([3, 5], 2, (z) => loss(z).mean(1))).toThrow(/one number per state, .* got shape \[3\]/);
    expect(ask([3, 5], 2, (z) => z)).toThrow(/one number per state/);
    expect(ask([3, 5], 2, (z) => loss(z).transpose())).toThrow(/one number per state/);
  });

  test('lets the blocks of a theta share a loss', () => {
    const estimator = ofSubsets(entry, 5, 2);
    const theta = tf.randomNormal([2, 2, 5], 0, 1, 'float32', 9);
    const shared = (z: tf.Tensor): tf.Tensor => loss(z).prod(2);
    const value = estimator.expectation(theta, shared, { key: key(1), samples: 3 });
    expect(value.shape).toEqual([2]);
    const gradient = slope(estimator, theta, 3, shared);
    expect(gradient).toHaveLength(20);
    expect(gradient.every(Number.isFinite)).toBe(true);
  });
});
