import { gumbel, key } from '@aimle/random';
import { graphPath, type Sense, type Solver, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { clampCosts, fenchelYoung, spoPlus, structuredHinge, structuredLosses } from '../src/index.js';
import { numbers, options, random, slope, states } from './lossCases.js';

const lane = (sense: Sense): Solver => graphPath({ vertices: 2, edges: [0, 1, 0, 1], from: 0, to: 1, sense });

test('spoPlus compares decisions at the clamped costs', () => {
  const value = (of: Solver, theta: number[], costs: number[]): number =>
    spoPlus(of)
      .apply(tf.tensor2d([theta]), tf.tensor2d([costs]))
      .dataSync()[0]!;
  // 2 theta - c = (-1, -2) becomes (0, 0): nothing is lost.
  expect(value(clampCosts(lane('minimise')), [2, 0.5], [5, 3])).toBe(0);
  expect(value(clampCosts(lane('maximise')), [-2, -0.5], [-5, -3])).toBe(0);
  // As (0, 7) against (4, 1): at 2 theta - c = (-4, 13), so (0, 13), the true best costs 13 more.
  expect(value(clampCosts(lane('minimise')), [-3, 7], [4, 1])).toBe(13);
  // A wrapper of a wrapper: as (2, 7) against (4, 2), at (0, 12), so (2, 12).
  const twice = clampCosts(clampCosts(lane('minimise'), { minimum: 2 }));
  expect(value(twice, [-3, 7], [4, 1])).toBe(10);
  expect(value({ ...twice }, [-3, 7], [4, 1])).toBe(10);
});

test('structuredHinge asks the target for its lead at the clamped costs', () => {
  const hinge = structuredHinge(clampCosts(topK({ size: 2, k: 1, sense: 'minimise' })));
  // As (0, 0): the target, raised by 1, against the other, lowered to -1 and clamped to 0.
  expect(numbers(hinge.apply(tf.tensor2d([[-5, -9]]), tf.tensor2d([[1, 0]])))).toEqual([1]);
});

test('fenchelYoung without noise is the regret of a target at the clamped costs', () => {
  const loss = fenchelYoung(clampCosts(lane('minimise'), { minimum: 1 }), { sigma: 0 });
  expect(numbers(loss.apply(tf.tensor2d([[-4, 3]]), tf.tensor2d([[0, 1]]), {}))).toEqual([2]);
});

describe.each(structuredLosses)('$name over clamped costs', ({ target: kind, build }) => {
  test.each(['minimise', 'maximise'] as const)(
    'is never negative, and its steps favour the target, %s',
    (sense) => {
      for (const inner of [lane(sense), topK({ size: 5, k: 2, sense })]) {
        const solver = clampCosts(inner, { minimum: 0.25 });
        const loss = build(solver, gumbel());
        const shape = [300, solver.size];
        const theta = random(shape, 1).mul(2);
        const target = kind === 'state' ? states(solver, shape, 9) : random(shape, 9).mul(2);
        const values = numbers(loss.apply(theta, target, options));
        for (const value of values) expect(value).toBeGreaterThanOrEqual(0);
        expect(Math.max(...values)).toBeGreaterThan(0.5);
        const gradient = slope(loss, theta, target);
        const later = numbers(loss.apply(theta.sub(gradient.mul(0.2)), target, { key: key(3), samples: 8 }));
        const mean = (all: readonly number[]): number => all.reduce((sum, x) => sum + x) / all.length;
        expect(mean(later)).toBeLessThan(mean(values));
      }
    },
  );
});
