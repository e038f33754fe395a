import * as kernelsModule from '@aimle/kernels';
import { kernels, useKernels } from '@aimle/kernels';
import { everyTaskInThreads } from '@aimle/testkit';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  atMostK,
  bernoulli,
  betweenK,
  categorical,
  chain,
  type Solver,
  spanningTree,
  topK,
} from '../src/index.js';

/** What `solve` gives: the states, or the message of its error. */
function answer(solver: Solver, theta: Float32Array, rows: number): number[] | string {
  // A buffer that is longer on both sides shows writes outside of z.
  const room = new Float32Array(theta.length + 8).fill(7);
  const z = room.subarray(4, 4 + theta.length);
  try {
    solver.solve(theta, z, rows);
  } catch (error) {
    return (error as Error).message;
  }
  expect([...room.subarray(0, 4), ...room.subarray(4 + theta.length)]).toEqual(Array(8).fill(7));
  return Array.from(z);
}

async function expectSame(solver: Solver, theta: Float32Array): Promise<void> {
  const rows = theta.length / solver.size;
  await useKernels(false);
  const expected = answer(solver, theta, rows);
  await useKernels();
  expect(answer(solver, theta, rows)).toEqual(expected);
}

/** Numbers of many kinds: distinct, tied, of either sign of zero, infinite. */
const numbers = fc.oneof(
  fc.constant(fc.float({ noNaN: true })),
  fc.constant(fc.integer({ min: -2, max: 2 })),
  fc.constant(fc.constantFrom(0, -0)),
  fc.constant(fc.constantFrom(1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)),
  fc.constant(fc.constantFrom(Number.MIN_VALUE, 1e-45, -1e-45, 3.4e38, Number.NEGATIVE_INFINITY)),
);

const senses = fc.constantFrom('maximise', 'minimise');

/** Sizes on both sides of the ends of vectors, words and chunks; rows enough for several chunks. */
const shapes = fc.oneof(
  fc.record({ size: fc.integer({ min: 1, max: 12 }), rows: fc.integer({ min: 0, max: 600 }) }),
  fc.record({ size: fc.integer({ min: 13, max: 140 }), rows: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    size: fc.constantFrom(2047, 2048, 2049, 4095, 4096, 4097),
    rows: fc.integer({ min: 1, max: 3 }),
  }),
);

interface Batch {
  readonly solver: Solver;
  readonly theta: Float32Array;
}

/** A batch whose scores repeat those of a shorter list, so that long rows cost little to draw. */
const batches = fc
  .record({
    shape: shapes,
    sense: senses,
    kind: fc.nat(4),
    one: fc.double({ min: 0, max: 1, noNaN: true }),
    other: fc.double({ min: 0, max: 1, noNaN: true }),
    scores: numbers.chain((number) => fc.array(number, { minLength: 1, maxLength: 300 })),
    stride: fc.integer({ min: 1, max: 50 }),
  })
  .map(({ shape: { size, rows }, sense, kind, one, other, scores, stride }): Batch => {
    const high = Math.max(1, Math.round(Math.max(one, other) * size));
    const low = Math.min(high, Math.floor(Math.min(one, other) * size));
    const solver = [
      () => topK({ size, k: high, sense }),
      () => categorical({ size, sense }),
      () => bernoulli({ size, sense }),
      () => atMostK({ size, k: high, sense }),
      () => betweenK({ size, low, high, sense }),
    ][kind]!();
    const theta = Float32Array.from({ length: rows * size }, (_, i) => scores[(i * stride) % scores.length]!);
    return { solver, theta };
  });

/** Chains and spanning trees, some with a NaN. */
const wholes = fc
  .record({
    sense: senses,
    kind: fc.nat(1),
    count: fc.integer({ min: 1, max: 14 }),
    labels: fc.integer({ min: 1, max: 9 }),
    rows: fc.integer({ min: 0, max: 60 }),
    scores: numbers.chain((number) => fc.array(number, { minLength: 1, maxLength: 300 })),
    stride: fc.integer({ min: 1, max: 50 }),
    wrong: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })),
  })
  .map(({ sense, kind, count, labels, rows, scores, stride, wrong }): Batch => {
    const solver =
      kind === 0 ? chain({ length: count, labels, sense }) : spanningTree({ vertices: count + 1, sense });
    const length = rows * solver.size;
    const theta = Float32Array.from({ length }, (_, i) => scores[(i * stride) % scores.length]!);
    if (wrong < 1 && length > 0) theta[Math.floor(wrong * length)] = Number.NaN;
    return { solver, theta };
  });

describe.skipIf(kernels() === null)('chains and spanning trees by kernels', () => {
  afterEach(() => useKernels().then(() => {}));

  it('are those of the TypeScript: ties, infinities, NaN, either sense', async () => {
    await fc.assert(
      fc.asyncProperty(wholes, ({ solver, theta }) => expectSame(solver, theta)),
      { numRuns: 600 },
    );
  });

  it('are made by kernels', async () => {
    await useKernels();
    const solve = vi.spyOn(kernels()!, 'solveFiniteRows');
    for (const solver of [chain({ length: 5, labels: 4 }), spanningTree({ vertices: 12 })]) {
      solver.solve(new Float32Array(solver.size), new Float32Array(solver.size), 1);
    }
    expect(solve).toHaveBeenCalledTimes(2);
    vi.restoreAllMocks();
  });
});

describe.skipIf(kernels() === null)('subsets by kernels', () => {
  afterEach(() => useKernels().then(() => {}));

  it('are those of the TypeScript: ties, infinities, either sense', async () => {
    await fc.assert(
      fc.asyncProperty(batches, ({ solver, theta }) => expectSame(solver, theta)),
      { numRuns: 600 },
    );
  });

  it('name the first NaN, as the TypeScript does', async () => {
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(batches, places, async ({ solver, theta }, wrong) => {
        for (const place of wrong) theta[Math.floor(place * theta.length)] = Number.NaN;
        await expectSame(solver, theta);
        if (theta.length > 0) expect(answer(solver, theta, theta.length / solver.size)).toMatch(/got NaN in/);
      }),
      { numRuns: 300 },
    );
  });

  it('are those of the TypeScript for long rows, of many and of few distinct scores', async () => {
    for (const levels of [2 ** 24, 1000, 3]) {
      for (const size of [10_000, 100_001]) {
        // A multiplicative hash: a permutation of a sort, the same in every run.
        const theta = Float32Array.from({ length: size }, (_, i) => Math.imul(i + 1, 0x9e3779b1) % levels);
        for (const k of [1, 10, size >> 3, size >> 1, size - 1]) {
          await expectSame(topK({ size, k }), theta);
          await expectSame(topK({ size, k, sense: 'minimise' }), theta);
        }
        await expectSame(categorical({ size }), theta);
        await expectSame(betweenK({ size, low: 7, high: 3000 }), theta);
      }
    }
  });

  it.each([2, 3])('are the same in %i threads, and so is the first NaN', async (threads) => {
    const end = await everyTaskInThreads(kernelsModule, threads);
    for (const size of [1, 3, 20, 33, 300, 5001, 20_000]) {
      const rows = Math.ceil(70_000 / size) + 1;
      const theta = Float32Array.from({ length: rows * size }, (_, i) => Math.imul(i + 1, 0x9e3779b1) % 1000);
      const solvers = (sense: 'maximise' | 'minimise') => [
        topK({ size, k: Math.ceil(size / 3), sense }),
        betweenK({ size, low: Math.min(2, size), high: Math.ceil(size / 2), sense }),
        categorical({ size, sense }),
        bernoulli({ size, sense }),
      ];
      for (const solver of [...solvers('maximise'), ...solvers('minimise')]) await expectSame(solver, theta);
      theta[theta.length - 1] = Number.NaN;
      theta[theta.length >> 1] = Number.NaN;
      for (const solver of solvers('maximise')) await expectSame(solver, theta);
    }
    end();
  });

  it('still solve after an error, and when solvers take turns', async () => {
    const [small, large] = [topK({ size: 20, k: 3 }), topK({ size: 3000, k: 1500 })];
    const wrong = new Float32Array(20 * 300).fill(Number.NaN);
    expect(() => small.solve(wrong, new Float32Array(wrong.length), 300)).toThrow('instance 0 at element 0');
    for (const solver of [large, small, large]) {
      const rows = Math.ceil(6000 / solver.size);
      await expectSame(
        solver,
        Float32Array.from({ length: rows * solver.size }, (_, i) => Math.sin(i)),
      );
    }
  });
});
