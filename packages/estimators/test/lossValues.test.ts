import { gumbel, key, normal, sumOfGamma } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { fenchelYoung, implicitLikelihood, spoPlus, structuredHinge } from '../src/index.js';
import { numbers, options, random, slope, states } from './lossCases.js';

const weights = [0.8, -0.3, 0.1, 1.2];

/** Holds the mean of many instances to the truth within five standard errors of their own. */
function expectMean(values: tf.Tensor, truth: number): void {
  const { mean, variance } = tf.moments(values);
  const error = Math.sqrt(variance.dataSync()[0]! / values.size);
  expect(Math.abs(mean.dataSync()[0]! - truth)).toBeLessThan(5 * error);
  // A missing factor of 2, or of the noise's mean, would show.
  expect(error).toBeLessThan(truth / 20);
}

/** sigma (log sum exp(theta / sigma) + Euler's constant): F for one of n under Gumbel noise. */
function gumbelMaximum(theta: readonly number[], sigma: number): number {
  const total = theta.reduce((sum, score) => sum + Math.exp(score / sigma), 0);
  return sigma * (Math.log(total) + gumbel().mean);
}

describe('the Fenchel-Young loss', () => {
  const rows = 10_000;
  const tiled = (row: readonly number[]): tf.Tensor => tf.tile([[...row]], [rows, 1]);

  test.each([0.5, 2])('of one of n under Gumbel noise is the cross-entropy, sigma = %d', (sigma) => {
    const loss = fenchelYoung(topK({ size: 4, k: 1 }), { sigma });
    const value = loss.apply(tiled(weights), tiled([0, 0, 1, 0]), { key: key(1) });
    const exact = gumbelMaximum(weights, sigma) - sigma * gumbel().mean - weights[2]!;
    expectMean(value, exact);
  });

  test('against a mean of states stands a constant above the true loss, wherever theta is', () => {
    const [y, other] = [
      [0.5, 0.25, 0.25, 0],
      [-1, 0, 0.5, 0.3],
    ];
    const loss = fenchelYoung(topK({ size: 4, k: 1 }));
    // Omega(y) = sum y log y - Euler's constant; the estimate has -Euler's constant instead.
    const negativeEntropy = y!.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);
    for (const theta of [weights, other!]) {
      const score = theta.reduce((sum, value, i) => sum + value * y![i]!, 0);
      const exact = gumbelMaximum(theta, 1) - gumbel().mean - score;
      expectMean(loss.apply(tiled(theta), tiled(y!), { key: key(1) }), exact);
      expect(exact + negativeEntropy).toBeGreaterThan(0);
    }
  });

  test('has the gradient E[z] - y', () => {
    const loss = fenchelYoung(topK({ size: 4, k: 1 }));
    const y = [0.5, 0.25, 0.25, 0];
    const gradient = slope(loss, tf.tensor1d(weights), tf.tensor1d(y), 40_000).dataSync();
    const mu = tf.softmax(tf.tensor1d(weights)).dataSync();
    for (const i of [0, 1, 2, 3])
      expect(Math.abs(gradient[i]! - (mu[i]! - y[i]!))).toBeLessThan(5 * 0.5 * 40_000 ** -0.5);
  });

  test('takes any noise, and without one is a perceptron that needs no key', () => {
    const solver = topK({ size: 4, k: 2 });
    const [theta, target] = [tf.tensor1d(weights), tf.tensor1d([0, 1, 1, 0])];
    const noisy = fenchelYoung(solver, { noise: sumOfGamma({ kappa: 2 }) });
    expect(numbers(noisy.apply(theta, target, { key: key(0), samples: 9 }))[0]).toBeGreaterThan(0);
    const perceptron = fenchelYoung(solver, { sigma: 0 });
    // The best state has 0.8 + 1.2, the target -0.3 + 0.1.
    expect(numbers(perceptron.apply(theta, target, {}))[0]).toBeCloseTo(2.2, 5);
    expect(() => noisy.apply(theta, target, {})).toThrow(/fenchel-young: key must be given/);
    expect(() => fenchelYoung(solver, { sigma: -1 })).toThrow(
      /sigma must be a finite number of at least 0, got -1/,
    );
  });

  test('refuses a target that the mask forbids', () => {
    const loss = fenchelYoung(topK({ size: 3, k: 1 }));
    const theta = tf.tensor2d([
      [0, 1, 2],
      [0, Number.NEGATIVE_INFINITY, 2],
    ]);
    const target = tf.tensor2d([
      [0, 1, 0],
      [0, 1, 0],
    ]);
    expect(() => loss.apply(theta, target, options)).toThrow(
      /in instance 1 it differs from the best state in element 1, whose score is -Infinity/,
    );
  });
});

describe('the implicit likelihood', () => {
  const rows = 10_000;
  const truth = [1, 0, -0.5, 0.2];
  const tiled = (row: readonly number[]): tf.Tensor => tf.tile([[...row]], [rows, 1]);

  test.each([1, 0.5])('of one of n under Gumbel noise is sigma KL(truth || theta), sigma = %d', (sigma) => {
    const loss = implicitLikelihood(topK({ size: 4, k: 1 }), { sigma });
    const [p, q] = [truth, weights].map((row) => numbers(tf.softmax(tf.tensor1d(row).div(sigma))));
    const kl = p!.reduce((sum, value, i) => sum + value * Math.log(value / q![i]!), 0);
    expectMean(loss.apply(tiled(weights), tiled(truth), { key: key(2) }), sigma * kl);
  });

  test('against the mode is the Fenchel-Young loss of that state', () => {
    const solver = topK({ size: 4, k: 2 });
    const theta = tf.tensor1d(weights);
    const mixed = implicitLikelihood(solver, { noise: normal(), means: 'marginal-map' });
    const state = fenchelYoung(solver, { noise: normal() });
    const [x, y] = [tf.tensor1d(truth), tf.tensor1d([1, 0, 0, 1])];
    expect(numbers(mixed.apply(theta, x, options))).toEqual(numbers(state.apply(theta, y, options)));
    expect(numbers(slope(mixed, theta, x))).toEqual(numbers(slope(state, theta, y)));
  });

  test('of modes alone is a perceptron without noise', () => {
    const loss = implicitLikelihood(topK({ size: 4, k: 2 }), { means: 'map-map' });
    // The best elements of theta and of the truth are both 0 and 3: nothing to learn. Then 1 and 2.
    expect(numbers(loss.apply(tf.tensor1d(weights), tf.tensor1d(truth), {}))).toEqual([0]);
    const other = loss.apply(tf.tensor1d(weights), tf.tensor1d([0, 5, 5, 0]), {});
    expect(numbers(other)[0]).toBeCloseTo(2.2, 5);
    expect(() => implicitLikelihood(topK({ size: 4, k: 2 }), { means: 'map' as 'map-map' })).toThrow(
      /means must be .* got "map"/,
    );
  });
});

/** Every state of 2 of 5. */
const pairs = Array.from({ length: 5 }, (_, i) => i).flatMap((i) =>
  Array.from({ length: i }, (_, j) => Array.from({ length: 5 }, (_, at) => Number(at === i || at === j))),
);
const inner = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe('SPO+', () => {
  test('is its definition, by enumeration, and bounds what the decision costs too much', () => {
    const solver = topK({ size: 5, k: 2, sense: 'minimise' });
    const [theta, costs] = [random([40, 5], 1), random([40, 5], 2)];
    const values = numbers(spoPlus(solver).apply(theta, costs));
    const [predicted, real] = [theta, costs].map((x) => x.arraySync() as number[][]);
    const cheapest = (c: readonly number[]): number[] =>
      pairs.reduce((best, z) => (inner(c, z) < inner(c, best) ? z : best));
    for (let i = 0; i < 40; i++) {
      const [p, c] = [predicted![i]!, real![i]!];
      const best = cheapest(c);
      const worst = Math.max(...pairs.map((z) => inner(c, z) - 2 * inner(p, z)));
      expect(values[i]).toBeCloseTo(worst + 2 * inner(p, best) - inner(c, best), 4);
      expect(values[i]!).toBeGreaterThan(inner(c, cheapest(p)) - inner(c, best) - 1e-5);
    }
  });
});

describe('the structured hinge', () => {
  test('is its definition, by enumeration, and bounds the distance of the mode', () => {
    const margin = 0.7;
    const solver = topK({ size: 5, k: 2 });
    const theta = random([40, 5], 1);
    const target = states(solver, [40, 5], 2);
    const values = numbers(structuredHinge(solver, { margin }).apply(theta, target));
    const [scores, labels] = [theta, target].map((x) => x.arraySync() as number[][]);
    for (let i = 0; i < 40; i++) {
      const [s, y] = [scores![i]!, labels![i]!];
      const distance = (z: readonly number[]): number => inner(z, z) + inner(y, y) - 2 * inner(z, y);
      const worst = Math.max(...pairs.map((z) => inner(s, z) + margin * distance(z)));
      expect(values[i]).toBeCloseTo(worst - inner(s, y), 4);
      const mode = pairs.reduce((best, z) => (inner(s, z) > inner(s, best) ? z : best));
      expect(values[i]!).toBeGreaterThan(margin * distance(mode) - 1e-5);
    }
  });

  test('takes only states, and a margin above 0', () => {
    const solver = topK({ size: 3, k: 1 });
    expect(() => structuredHinge(solver).apply(tf.zeros([1, 3]), tf.tensor2d([[0.5, 0.5, 0]]))).toThrow(
      /the target must be a state, of 0s and 1s, got 0.5 in row 0, element 0/,
    );
    expect(() => structuredHinge(solver, { margin: 0 })).toThrow(
      /margin must be a positive finite number, got 0/,
    );
  });
});
