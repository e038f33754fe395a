import type { Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { fenchelYoung } from './fenchelYoung.js';
import { implicitLikelihood } from './implicitLikelihood.js';
import { spoPlus } from './spoPlus.js';
import { structuredHinge } from './structuredHinge.js';
import type { StructuredLoss } from './structuredLoss.js';

/**
 * An entry of {@link structuredLosses}: what a contract test, a command line or a comparison needs to build the loss.
 */
export interface StructuredLossEntry {
  readonly name: string;
  /** What the target holds: a state of the structure, or true parameters. */
  readonly target: 'state' | 'parameters';
  build(solver: Solver, noise: Noise): StructuredLoss;
}

/**
 * Lists every structured loss of this package, with default settings. The contract tests run over this list.
 *
 * @example
 * ```ts
 * import { structuredLosses } from '@aimle/estimators';
 *
 * structuredLosses.filter(({ target }) => target === 'state').map(({ name }) => name); // => ['fenchel-young', 'structured-hinge']
 * ```
 */
export const structuredLosses: readonly StructuredLossEntry[] = [
  { name: 'fenchel-young', target: 'state', build: (solver, noise) => fenchelYoung(solver, { noise }) },
  {
    name: 'implicit-likelihood',
    target: 'parameters',
    build: (solver, noise) => implicitLikelihood(solver, { noise }),
  },
  { name: 'spo-plus', target: 'parameters', build: (solver) => spoPlus(solver) },
  { name: 'structured-hinge', target: 'state', build: (solver) => structuredHinge(solver) },
];
