import { gumbel, key } from '@aimle/random';
import { type Sense, type Solver, topK } from '@aimle/solvers';
import { expectNoLeak } from '@aimle/testkit';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { structuredLosses } from '../src/index.js';
import { numbers, options, random, slope, states, structures } from './lossCases.js';

describe.each(structuredLosses)('$name', ({ name, target: kind, build }) => {
  describe.each(structures)('of %s', (_structure, solver) => {
    const size = solver.size;
    const loss = build(solver, gumbel());
    const aim = (shape: number[], seed = 9): tf.Tensor =>
      kind === 'state' ? states(solver, shape, seed) : random(shape, seed);

    test.each([[size], [3, size], [2, 3, size], [2, 1, 3, size]])(
      'returns one loss per instance, shape %s',
      (...shape) => {
        const [theta, target] = [random(shape, 1), aim(shape)];
        expect(loss.apply(theta, target, options).shape).toEqual(shape.slice(0, -1));
        expect(slope(loss, theta, target).shape).toEqual(shape);
      },
    );

    test('is never negative, and convex along random lines', () => {
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
      // Piecewise linear for a fixed key: the difference is exact except for the few lines that cross an edge.
      const h = 1e-3;
      const [up, down] = [at(a.add(b.mul(h))), at(a.sub(b.mul(h)))];
      const along = numbers(gradient.mul(b).sum(-1));
      const off = along.filter((value, i) => Math.abs((up[i]! - down[i]!) / (2 * h) - value) > 0.01);
      expect(off.length).toBeLessThan(10);
      expect(along.some((value) => Math.abs(value) > 0.5)).toBe(true);
    });

    test('is zero, without gradient, where theta favours the target by far', () => {
      const target = aim([20, size]);
      const sign = solver.sense === 'maximise' ? 1 : -1;
      const right = kind === 'state' ? target.mul(200 * sign) : target;
      for (const value of numbers(loss.apply(right, target, options))) expect(value).toBe(0);
      for (const value of numbers(slope(loss, right, target))) expect(value).toBe(0);
    });

    test('multiplies its gradient by that of the value', () => {
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

  test('depends only on its key, passes every sample its context, and leaks no tensor', async () => {
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
