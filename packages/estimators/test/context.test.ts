import { gumbel, key } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { aimle, fixedLambda, imle, solverEstimators, straightThrough } from '../src/index.js';

interface Call {
  readonly rows: number;
  readonly context: Record<string, ArrayLike<number>>;
}

/** Marks the element that each row's context names, and remembers what it was given. */
function pointed(size: number): Solver & { readonly calls: Call[] } {
  const calls: Call[] = [];
  return {
    name: 'pointed',
    size,
    sense: 'maximise',
    kappa: 1,
    calls,
    solve(_theta, z, rows, context: Context = {}) {
      const copies = Object.entries(context).map(([name, array]) => [name, Array.from(array)]);
      calls.push({ rows, context: Object.fromEntries(copies) });
      z.fill(0);
      for (let row = 0; row < rows; row++) z[row * size + context['element']![row]!] = 1;
    },
  };
}

describe.each([
  { name: 'aimle', solves: 3, build: (solver: Solver) => aimle(solver) },
  { name: 'aimle, forward', solves: 2, build: (solver: Solver) => aimle(solver, { difference: 'forward' }) },
  { name: 'imle', solves: 2, build: (solver: Solver) => imle(solver, { lambda: 1 }) },
  { name: 'straightThrough', solves: 1, build: (solver: Solver) => straightThrough(solver) },
])('$name with a context', ({ build, solves }) => {
  test('gives each of three samples the context of its instance, in every solve', () => {
    const solver = pointed(4);
    const layer = build(solver);
    const context = { element: Int32Array.of(2, 0), pair: [1, 2, 3, 4] };
    const weights = tf.tensor1d([1, 2, 3, 4]);
    const grad = tf.grad((theta: tf.Tensor) => {
      const z = layer.sample(theta, { key: key(1), samples: 3, context });
      expect([...z.argMax(-1).dataSync()]).toEqual([2, 2, 2, 0, 0, 0]);
      return z.mul(weights).mean(1).sum();
    });
    grad(tf.zeros([2, 4]));
    const call = {
      rows: 6,
      context: { element: [2, 2, 2, 0, 0, 0], pair: [1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4] },
    };
    expect(solver.calls).toEqual(Array(solves).fill(call));
    expect([
      ...layer
        .mode(tf.zeros([2, 4]), context)
        .argMax(-1)
        .dataSync(),
    ]).toEqual([2, 0]);
  });
});

describe.each(solverEstimators.filter(({ takes }) => takes === 'any'))('$name', ({ build }) => {
  test('gives every row of every solve the context of its instance', () => {
    const solver = pointed(4);
    const estimator = build(solver, gumbel());
    const context = { element: Int32Array.of(2, 0) };
    const loss = (z: tf.Tensor): tf.Tensor => z.mul([1, 2, 3, 4]).sum(-1);
    const slope = tf.grad((theta: tf.Tensor) => {
      const value = estimator.expectation(theta, loss, { key: key(1), samples: 3, context });
      expect([...value.dataSync()]).toEqual([3, 1]);
      return value.sum();
    });
    slope(tf.randomNormal([2, 4], 0, 1, 'float32', 3));
    expect([
      ...estimator
        .mode(tf.ones([2, 4]), context)
        .argMax(-1)
        .dataSync(),
    ]).toEqual([2, 0]);
    expect(solver.calls.length).toBeGreaterThan(1);
    for (const { rows, context: given } of solver.calls) {
      expect(given).toEqual({ element: [...Array(rows / 2).fill(2), ...Array(rows / 2).fill(0)] });
    }
  });
});

test('the rows of an instance with events lie as z does', () => {
  const layer = aimle(pointed(3));
  const context = { element: [0, 1, 2, 1] }; // two instances of two events
  const z = layer.sample(tf.zeros([2, 2, 3]), { key: key(0), samples: 2, context });
  expect(z.shape).toEqual([2, 2, 2, 3]);
  expect([...z.argMax(-1).dataSync()]).toEqual([0, 1, 0, 1, 2, 1, 2, 1]);
});

test('arrays keep their type, and are filled anew for each call', () => {
  const seen: Context[] = [];
  const solver: Solver = {
    ...pointed(2),
    solve: (_theta, z, _rows, context) => {
      seen.push({ ...context });
      z.fill(0);
    },
  };
  const layer = aimle(solver, { perturbation: fixedLambda(1) });
  const apply = (context: Context): void =>
    void layer.sample(tf.zeros([1, 2]), { key: key(0), samples: 2, context });
  apply({ a: Float32Array.of(1), b: Float64Array.of(2), c: Int32Array.of(3), d: [4] });
  expect(seen[0]).toEqual({
    a: Float32Array.of(1, 1),
    b: Float64Array.of(2, 2),
    c: Int32Array.of(3, 3),
    d: [4, 4],
  });
  apply({ a: Float32Array.of(9) });
  expect(seen[1]).toEqual({ a: Float32Array.of(9, 9) });
  expect(seen[1]!['a']).toBe(seen[0]!['a']);
});

test('an array that does not divide among the instances is refused', () => {
  const layer = aimle(pointed(2));
  const context = { element: [0, 1, 0] };
  expect(() => layer.sample(tf.zeros([2, 2]), { key: key(0), samples: 3, context })).toThrow(
    /pointed: context.element .* each of 2 instances, got 3/,
  );
});
