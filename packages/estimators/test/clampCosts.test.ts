import { key, normal } from '@aimle/random';
import { graphPath, gridPath, minCut, type Solver, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { clampCosts, solverEstimators } from '../src/index.js';
import { recording } from './solversForTests.js';

const edges = [0, 1, 0, 2, 1, 2, 1, 3, 2, 3];
const cases: readonly [string, Solver][] = [
  ['gridPath', gridPath({ height: 3, width: 3 })],
  ['gridPath, maximising', gridPath({ height: 3, width: 3, sense: 'maximise' })],
  ['graphPath', graphPath({ vertices: 4, edges, from: 0, to: 3 })],
  ['minCut', minCut({ vertices: 4, edges, source: 0, sink: 3 })],
];

describe.each(cases)('%s', (_, solver) => {
  // Costs so low that noise makes most of them negative.
  const costs = tf.fill([2, solver.size], solver.sense === 'minimise' ? 0.1 : -0.1);

  test('throws under noise, and clamped does not, in any estimator', () => {
    for (const { build, takes } of solverEstimators) {
      if (takes !== 'any') continue;
      const value = (of: Solver) => (x: tf.Tensor) =>
        build(of, normal())
          .expectation(x, (z) => z.sum(-1), { key: key(1), samples: 4 })
          .sum();
      const gradient = tf.grad(value(clampCosts(solver)))(costs);
      expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
    }
    const aimle = solverEstimators[0]!.build(solver, normal());
    expect(() => aimle.expectation(costs, (z) => z.sum(-1), { key: key(1) })).toThrow(/theta must hold/);
  });
});

test('raises costs to the minimum, holds scores to its negative, and leaves infinities', () => {
  for (const [sense, theta, expected] of [
    ['minimise', [-5, 0.2, 3, Infinity], [0.5, 0.5, 3, Infinity]],
    ['maximise', [5, -0.2, -3, -Infinity], [-0.5, -0.5, -3, -Infinity]],
  ] as const) {
    const inner = recording(topK({ size: 4, k: 1, sense }));
    clampCosts(inner, { minimum: 0.5 }).solve(Float32Array.from(theta), new Float32Array(4), 1);
    expect([...inner.asked[0]!]).toEqual([...expected]);
  }
});

test('does not touch theta, and passes the context on', () => {
  const path = clampCosts(gridPath({ height: 1, width: 3, from: 'context' }));
  const theta = Float32Array.of(-1, -2, 3);
  const z = new Float32Array(3);
  path.solve(theta, z, 1, { from: [1] });
  expect([...theta]).toEqual([-1, -2, 3]);
  expect([...z]).toEqual([0, 1, 1]);
  // Entries leave out the symbol by which losses learn of the clamping.
  expect(Object.fromEntries(Object.entries({ ...path, solve: null }))).toEqual({
    name: 'gridPath',
    size: 3,
    sense: 'minimise',
    kappa: path.kappa,
    solve: null,
  });
});

test('the solver still reports a NaN or an infinity that is no mask, and a minimum that is no number is refused', () => {
  const path = clampCosts(gridPath({ height: 1, width: 2 }));
  expect(() => path.solve(Float32Array.of(1, Number.NaN), new Float32Array(2), 1)).toThrow(/gridPath: .*NaN/);
  expect(() => path.solve(Float32Array.of(1, -Infinity), new Float32Array(2), 1)).toThrow(
    /gridPath: .*-Infinity/,
  );
  for (const minimum of [Number.NaN, Infinity]) {
    expect(() => clampCosts(path, { minimum })).toThrow(/clampCosts: minimum must be a finite number/);
  }
});
