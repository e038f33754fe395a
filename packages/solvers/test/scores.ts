import fc from 'fast-check';
import type { Context, Solver } from '../src/index.js';
import type { SmallInstance } from './entry.js';

/** One instance: scores, and the context that goes with them. */
export interface Instance {
  readonly theta: readonly number[];
  readonly context?: Readonly<Record<string, number[]>> | undefined;
}

/** Multiples of 2^-24 below 2^14: any sum of a hundred of them is exact in double precision. */
function dyadic(x: number): number {
  return Math.fround(Math.round(x * 2 ** 24) / 2 ** 24);
}

const spread = fc.constantFrom(1e-6, 1e-3, 1, 1e2, 1e4);

/** Finite scores of either sign: spread over ten decades, or drawn from few values so that they tie. */
export const dyadicScore: fc.Arbitrary<number> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), spread).map(([x, s]) => dyadic(x * s)),
  },
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom(-0, 0) },
);

/** Whole instances that are as hard as can be: all equal, all tied, sorted either way, sparse masks, or a mixture. */
export function instances(small: SmallInstance, solver: Solver): fc.Arbitrary<Instance> {
  const finite = small.score ?? dyadicScore;
  const mask = solver.sense === 'maximise' ? -Infinity : Infinity;
  const infinities = { both: [Infinity, -Infinity], mask: [mask], none: [] }[small.infinities ?? 'mask'];
  const score =
    infinities.length === 0
      ? finite
      : fc.oneof({ weight: 9, arbitrary: finite }, { weight: 1, arbitrary: fc.constantFrom(...infinities) });
  const row = (each: fc.Arbitrary<number>) =>
    fc.array(each, { minLength: solver.size, maxLength: solver.size });
  const theta = fc.oneof(
    { weight: 3, arbitrary: row(finite) },
    { weight: 3, arbitrary: row(score) },
    { weight: 1, arbitrary: score.map((x) => Array<number>(solver.size).fill(x)) },
    { weight: 1, arbitrary: row(score).map((drawn) => drawn.sort((a, b) => a - b)) },
    { weight: 1, arbitrary: row(score).map((drawn) => drawn.sort((a, b) => b - a)) },
  );
  return fc.record({ theta, context: small.context ?? fc.constant(undefined) });
}

/** The instances as the batch that a solver takes. */
export function joined(rows: readonly Instance[]): { theta: Float32Array; context: Context | undefined } {
  const names = Object.keys(rows[0]?.context ?? {});
  const theta = Float32Array.from(rows.flatMap((row) => row.theta));
  if (names.length === 0) return { theta, context: undefined };
  const context = Object.fromEntries(
    names.map((name) => [name, Float32Array.from(rows.flatMap((row) => row.context![name]!))]),
  );
  return { theta, context };
}
