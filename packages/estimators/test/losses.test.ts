import { gumbel, key, normal, sumOfGamma } from '@aimle/random';
import { type Sense, type Solver, spanningTree, topK } from '@aimle/solvers';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  fenchelYoung,
  implicitLikelihood,
  type StructuredLoss,
  spoPlus,
  structuredHinge,
  structuredLosses,
} from '../src/index.js';

const structures: readonly [string, Solver][] = (['maximise', 'minimise'] as const).flatMap((sense) => [
  [`2 of 6, ${sense}`, topK({ size: 6, k: 2, sense })] as const,
  [`trees on 4 vertices, ${sense}`, spanningTree({ vertices: 4, sense })] as const,
]);

function random(shape: number[], seed: number): tf.Tensor {
  return tf.randomNormal(shape, 0, 1, 'float32', seed);
}

/** Some state of the structure for each instance. */
function states(solver: Solver, shape: number[], seed: number): tf.Tensor {
  const scores = random(shape, seed).dataSync() as Float32Array;
  const z = new Float32Array(scores.length);
  solver.solve(scores, z, scores.length / solver.size);
  return tf.tensor(z, shape);
}

const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];

/** The gradient in theta of the sum of a loss over instances. */
function slope(loss: StructuredLoss, theta: tf.Tensor, target: tf.Tensor, samples = 8): tf.Tensor {
  return tf.grad((x: tf.Tensor) => loss.apply(x, target, { key: key(3), samples }).sum())(theta);
}

const options = { key: key(3), samples: 8 };

describe.each(structuredLosses)('$name', ({ name, target: kind, build }) => {
  describe.each(structures)('of %s', (_structure, solver) => {
    const size = solver.size;
    const loss = build(solver, gumbel());
    const aim = (shape: number[], seed = 9): tf.Tensor =>
      kind === 'state' ? states(solver, shape, seed) : random(shape, seed);

    test.each([[size], [3, size], [2, 3, size], [2, 1, 3, size]])(
      'answers one loss an instance, shape %s',
      (...shape) => {
        const [theta, target] = [random(shape, 1), aim(shape)];
        expect(loss.apply(theta, target, options).shape).toEqual(shape.slice(0, -1));
        expect(slope(loss, theta, target).shape).toEqual(shape);
      },
    );

    test('is nowhere negative, and convex along random lines', () => {
      const [a, b, target] = [random([300, size], 1).mul(2), random([300, size], 2), aim([300, size])];
      const at = (x: tf.Tensor): number[] => numbers(loss.apply(x, target, options));
      const [from, middle, to] = [at(a), at(a.add(b).div(2)), at(b)];
      let strictly = 0;
      for (let i = 0; i < 300; i++) {
        expect(from[i]!).toBeGreaterThanOrEqual(-1e-6);
        const gap = (from[i]! + to[i]!) / 2 - middle[i]!;
        expect(gap).toBeGreaterThan(-1e-5);
        if (gap > 0.01) strictly++;
      }
      expect(strictly).toBeGreaterThan(100);
    });

    test('has a gradient that supports it from below, and that finite differences of its value confirm', () => {
      const [a, b, target] = [random([300, size], 1), random([300, size], 2), aim([300, size])];
      const at = (x: tf.Tensor): number[] => numbers(loss.apply(x, target, options));
      const gradient = slope(loss, a, target);
      const rise = numbers(gradient.mul(b.sub(a)).sum(-1));
      const [here, there] = [at(a), at(b)];
      for (let i = 0; i < 300; i++) expect(there[i]! - here[i]!).toBeGreaterThan(rise[i]! - 1e-5);
      // Piecewise linear for a fixed key: but for the few lines that cross an edge the difference is exact.
      const h = 1e-3;
      const [up, down] = [at(a.add(b.mul(h))), at(a.sub(b.mul(h)))];
      const along = numbers(gradient.mul(b).sum(-1));
      const off = along.filter((value, i) => Math.abs((up[i]! - down[i]!) / (2 * h) - value) > 0.01);
      expect(off.length).toBeLessThan(10);
      expect(along.some((value) => Math.abs(value) > 0.5)).toBe(true);
    });

    test('is zero, with no gradient, where theta is right by far', () => {
      const target = aim([20, size]);
      const sign = solver.sense === 'maximise' ? 1 : -1;
      const right = kind === 'state' ? target.mul(200 * sign) : target;
      for (const value of numbers(loss.apply(right, target, options))) expect(value).toBe(0);
      for (const value of numbers(slope(loss, right, target))) expect(value).toBe(0);
    });

    test('weighs its gradient by what is done with the value', () => {
      const [theta, target] = [random([2, size], 1), aim([2, size])];
      const plain = numbers(slope(loss, theta, target));
      const scaled = numbers(
        tf.grad((x: tf.Tensor) => loss.apply(x, target, options).mul([2, -3]).sum())(theta),
      );
      for (const [i, value] of plain.entries()) expect(scaled[i]).toBeCloseTo((i < size ? 2 : -3) * value, 5);
    });

    test('gives masked elements no gradient', () => {
      const mask = solver.sense === 'maximise' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      const column = tf.oneHot(tf.fill([20], 1, 'int32'), size).cast('bool');
      const theta = tf.where(column, tf.fill([20, size], mask), random([20, size], 1));
      const values = theta.dataSync() as Float32Array;
      const allowed = new Float32Array(values.length);
      solver.solve(values, allowed, 20);
      const target = kind === 'state' ? tf.tensor(allowed, [20, size]) : theta.mul(1);
      for (const value of numbers(loss.apply(theta, target, options)))
        expect(value).toBeGreaterThanOrEqual(0);
      const gradient = numbers(slope(loss, theta, target));
      expect(gradient.every(Number.isFinite)).toBe(true);
      for (let row = 0; row < 20; row++) expect(gradient[row * size + 1]).toBe(0);
    });
  });

  test('of costs is that of the scores -theta, and its gradient is turned round', () => {
    const of = (sense: Sense) => build(topK({ size: 6, k: 2, sense }), gumbel());
    const theta = random([5, 6], 1);
    const target = kind === 'state' ? states(topK({ size: 6, k: 2 }), [5, 6], 9) : random([5, 6], 9);
    const turned = kind === 'state' ? target : target.neg();
    const scores = of('maximise');
    const costs = of('minimise');
    const [high, low] = [
      numbers(scores.apply(theta, target, options)),
      numbers(costs.apply(theta.neg(), turned, options)),
    ];
    for (const [i, value] of high.entries()) expect(low[i]).toBeCloseTo(value, 5);
    const [up, down] = [numbers(slope(scores, theta, target)), numbers(slope(costs, theta.neg(), turned))];
    expect(up.some((value) => value !== 0)).toBe(true);
    for (const [i, value] of up.entries()) expect(down[i]).toBeCloseTo(-value, 6);
  });

  test('depends on its key alone, hands every sample its context, and leaks no tensor', async () => {
    const contexts: number[][] = [];
    const plain = topK({ size: 6, k: 2 });
    const solver: Solver = {
      ...plain,
      solve(theta, z, rows, context) {
        if (context !== undefined) contexts.push(Array.from(context['place']!));
        plain.solve(theta, z, rows);
      },
    };
    const loss = build(solver, gumbel());
    const [theta, target] = [
      random([2, 6], 1),
      kind === 'state' ? states(plain, [2, 6], 9) : random([2, 6], 9),
    ];
    const at = (seed: number) => numbers(loss.apply(theta, target, { key: key(seed), samples: 3 }));
    expect(at(1)).toEqual(at(1));
    if (name === 'fenchel-young' || name === 'implicit-likelihood') expect(at(1)).not.toEqual(at(2));
    else expect(at(1)).toEqual(numbers(loss.apply(theta, target, {})));
    loss.apply(theta, target, { key: key(1), samples: 2, context: { place: [4, 5] } });
    const perSolve = contexts.map(String);
    expect(perSolve.length).toBeGreaterThan(0);
    for (const place of perSolve) expect(place).toBe('4,4,5,5');
    await expectNoLeak(tf, () => tf.tidy(() => numbers(slope(loss, theta, target))));
  });

  test('takes an empty batch', () => {
    const loss = build(topK({ size: 6, k: 2 }), gumbel());
    expect(loss.apply(tf.zeros([0, 6]), tf.zeros([0, 6]), options).shape).toEqual([0]);
  });

  test('says what is wrong with theta, the target or the samples', () => {
    const loss = build(topK({ size: 3, k: 1 }), gumbel());
    const theta = tf.zeros([2, 3]);
    const target = tf.tensor2d([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    const broken = tf.tensor2d([
      [1, 0, 0],
      [0, Number.NaN, 0],
    ]);
    expect(() => loss.apply(theta, tf.zeros([3]), options)).toThrow(
      /the target must have theta's shape, \[2,3\], got \[3\]/,
    );
    expect(() => loss.apply(theta, broken, options)).toThrow(
      /target must not be NaN, got NaN in row 1, element 1/,
    );
    expect(() => loss.apply(broken, target, options)).toThrow(
      /theta must not be NaN, got NaN in row 1, element 1/,
    );
    expect(() => loss.apply(tf.zeros([2, 4]), tf.zeros([2, 4]), options)).toThrow(/last axis of theta/);
    expect(() => loss.apply(theta, target, { key: key(0), samples: 0 })).toThrow(
      /samples must be a positive/,
    );
  });
});

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
    // Omega(y) = sum y log y - Euler's constant: what is estimated has -Euler's constant in its place.
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
    // Theta's best are 0 and 3, the truth's 0 and 3 as well: nothing to learn. Then 1 and 2.
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

  test('takes states alone, and a margin above 0', () => {
    const solver = topK({ size: 3, k: 1 });
    expect(() => structuredHinge(solver).apply(tf.zeros([1, 3]), tf.tensor2d([[0.5, 0.5, 0]]))).toThrow(
      /the target must be a state, of 0s and 1s, got 0.5 in row 0, element 0/,
    );
    expect(() => structuredHinge(solver, { margin: 0 })).toThrow(
      /margin must be a positive finite number, got 0/,
    );
  });
});
