import type { Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { aimle } from './aimle.js';
import type { Layer } from './estimator.js';
import { imle } from './imle.js';
import { straightThrough } from './straightThrough.js';

/** An estimator as a list entry: what a contract test, a command line or a comparison needs to build one. */
export interface EstimatorEntry {
  readonly name: string;
  build(solver: Solver, noise: Noise): Layer;
}

/**
 * Every estimator of this package, with default settings. One battery of contract tests runs over this list.
 *
 * @example
 * ```ts
 * import { estimators } from '@aimle/estimators';
 *
 * estimators.some(({ name }) => name === 'aimle'); // => true
 * ```
 */
export const estimators: readonly EstimatorEntry[] = [
  {
    name: 'aimle',
    build: (solver, noise) => aimle(solver, { noise }),
  },
  {
    name: 'aimle-forward',
    build: (solver, noise) => aimle(solver, { noise, difference: 'forward' }),
  },
  {
    name: 'imle',
    build: (solver, noise) => imle(solver, { noise, lambda: 1 }),
  },
  {
    name: 'straight-through',
    build: (solver, noise) => straightThrough(solver, { noise }),
  },
];
