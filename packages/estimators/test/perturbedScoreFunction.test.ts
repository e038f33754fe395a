import { gumbel, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { perturbedScoreFunction } from '../src/index.js';
import { expectMean, theta, weights } from './meanGradient.js';

describe('the perturbed score function', () => {
  const loss = (z: tf.Tensor): tf.Tensor => z.mul(weights).sum(-1).greater(0.4).cast('float32');

  test('needs no slope of the loss: a step of one of n under Gumbel noise', () => {
    const step = [1, 0, 1, 0];
    const truth = tf
      .grad((x: tf.Tensor) => tf.softmax(x).mul(step).sum())(tf.tensor1d(theta))
      .dataSync();
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 1 }), { noise: gumbel() });
    const gradient = tf.grad((x: tf.Tensor) =>
      estimator.expectation(x, loss, { key: key(5), samples: 10 }).sum(),
    );
    expectMean(gradient, theta, truth, 0.05);
  });

  test('returns the mean loss of the states, with its exact gradient in whatever else it depends on', () => {
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 2 }));
    const options = { key: key(5), samples: 6 };
    for (const shape of [[4], [3, 4], [2, 3, 4], [2, 1, 3, 4]]) {
      let states: tf.Tensor = tf.scalar(0);
      const value = estimator.expectation(
        tf.zeros(shape),
        (z) => {
          states = tf.keep(z);
          return z.mul(weights).sum(-1);
        },
        options,
      );
      const axis = shape.length === 1 ? 0 : 1;
      const expected = states.mul(weights).sum(-1).mean(axis);
      expect(value.shape).toEqual(shape.slice(0, -1));
      for (const [i, mean] of expected.dataSync().entries()) expect(value.dataSync()[i]).toBeCloseTo(mean, 6);
      expect(estimator.lastStep?.solverCalls).toBe(1);
    }
    const decoder = tf.grad((w: tf.Tensor) =>
      estimator.expectation(tf.zeros([3, 4]), (z) => z.mul(w).sum(-1), options).sum(),
    )(tf.tensor1d(weights));
    const states = estimator.expectation(tf.zeros([3, 4]), (z) => z.sum(-1), options);
    // Every state has two ones: the gradients in w add up to two per instance.
    expect(decoder.sum().dataSync()[0]).toBeCloseTo(states.sum().dataSync()[0]!, 5);
    expect(decoder.sum().dataSync()[0]).toBeCloseTo(6, 5);
  });

  test('multiplies the gradient by that of the value', () => {
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 2 }));
    const slope = (factor: number[]) =>
      tf
        .grad((x: tf.Tensor) =>
          estimator
            .expectation(x, loss, { key: key(5), samples: 6 })
            .mul(factor)
            .sum(),
        )(tf.zeros([2, 4]))
        .dataSync();
    const [plain, scaled] = [slope([1, 1]), slope([2, -3])];
    expect(plain.some((value) => value !== 0)).toBe(true);
    for (let i = 0; i < 8; i++) expect(scaled[i]).toBeCloseTo((i < 4 ? 2 : -3) * plain[i]!, 5);
  });

  test('ignores a constant in the loss if there are other states', () => {
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 2 }));
    const slope = (constant: number, samples: number): Float32Array =>
      tf
        .grad((x: tf.Tensor) =>
          estimator.expectation(x, (z) => loss(z).add(constant), { key: key(5), samples }).sum(),
        )(tf.zeros([2, 4]))
        .dataSync() as Float32Array;
    const [plain, lifted] = [slope(0, 5), slope(1000, 5)];
    for (let i = 0; i < 8; i++) expect(lifted[i]).toBeCloseTo(plain[i]!, 3);
    expect(Math.max(...slope(1000, 1).map(Math.abs))).toBeGreaterThan(100);
  });

  test('depends only on its key, and leaks no tensor', async () => {
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 2 }));
    const run = (seed: number): number[] =>
      tf.tidy(() => [
        ...tf
          .grad((x: tf.Tensor) => estimator.expectation(x, loss, { key: key(seed), samples: 4 }).sum())(
            tf.zeros([3, 4]),
          )
          .dataSync(),
      ]);
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    await expectNoLeak(tf, () => run(3));
    expect(estimator.state).toEqual({ baseline: 'leave-one-out', state: null });
    expect([...estimator.mode(tf.tensor2d([[1, 4, 2, 3]])).dataSync()]).toEqual([0, 1, 0, 1]);
  });

  test('refuses what would train on nothing', () => {
    const estimator = perturbedScoreFunction(topK({ size: 4, k: 2 }));
    const options = { key: key(0), samples: 2 };
    const x = tf.zeros([1, 4]);
    expect(() => estimator.expectation(x, (z) => z.sum(-1).mul(Number.NaN), options)).toThrow(
      /the loss must be finite, got NaN for state 0/,
    );
    expect(() => estimator.expectation(x, (z) => z.sum(), options)).toThrow(
      /must return one number per state/,
    );
    expect(() => estimator.expectation(x.add(Number.NaN), loss, options)).toThrow(/theta must not be NaN/);
  });
});

test('perturbed solutions that share a loss weigh the noise of them all', () => {
  const estimator = perturbedScoreFunction(topK({ size: 2, k: 1 }));
  const blocks = tf.tensor3d([0.3, 0, -0.2, 0], [1, 2, 2]);
  // The probability that both choose the first is a product: its derivative in one block has the other's probability
  // as a factor.
  const both = (z: tf.Tensor): tf.Tensor => z.slice([0, 0, 0, 0], [-1, -1, -1, 1]).squeeze([3]).prod(2);
  const rows = 20000;
  const gradients = tf.grad((x: tf.Tensor) =>
    estimator.expectation(x, both, { key: key(3), samples: 2 }).sum(),
  )(tf.tile(blocks, [rows, 1, 1]));
  const { mean, variance } = tf.moments(gradients, 0);
  const errors = variance.div(rows).sqrt().dataSync();
  // The difference of two normal draws is below d with probability Phi(d / sqrt 2): here its density, and its integral.
  const density = (d: number) => Math.exp((-d * d) / 4) / Math.sqrt(4 * Math.PI);
  const phi = (d: number): number => {
    let sum = 0.5;
    const h = d / 2000;
    for (let i = 0; i < 2000; i++) sum += h * density((i + 0.5) * h);
    return sum;
  };
  const truth = [density(0.3) * phi(-0.2), 0, density(-0.2) * phi(0.3), 0];
  const means = mean.dataSync();
  for (const i of [0, 2]) {
    expect(Math.abs(means[i]! - truth[i]!)).toBeLessThan(5 * errors[i]!);
    expect(Math.abs(means[i + 1]! + truth[i]!)).toBeLessThan(5 * errors[i + 1]!);
    expect(errors[i]!).toBeLessThan(0.01);
  }
});
