import type { Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { aimle } from './aimle.js';
import { blackBox } from './blackBox.js';
import type { Layer } from './estimator.js';
import { negativeIdentity } from './identity/negativeIdentity.js';
import { imle } from './imle.js';
import { perturbedOptimiser } from './perturbed/perturbedOptimiser.js';
import { concreteSubset } from './relaxation/concreteSubset.js';
import { gumbelSoftmax } from './relaxation/gumbelSoftmax.js';
import { relaxedSubset } from './relaxation/relaxedSubset.js';
import { straightThrough } from './straightThrough.js';

/** An estimator as a list entry: what a contract test, a command line or a comparison needs to build one. */
export interface EstimatorEntry {
  readonly name: string;
  /** Which solvers it takes: any, those of k-subsets, or those that choose one of n. */
  readonly takes: 'any' | 'subset' | 'choice';
  /** Whether its states are those of the structure, or points between them. */
  readonly states: 'discrete' | 'relaxed';
  /** Whether its Jacobian is the identity through a solver that returns its input: always, in the mean, or not. */
  readonly identity: 'always' | 'in-the-mean' | 'no';
  build(solver: Solver, noise: Noise): Layer;
}

/** Layers of discrete states that take any solver. */
const discrete = { takes: 'any', states: 'discrete' } as const;

/**
 * Every estimator of this package that is a layer, with default settings and the noise that is asked for. One battery of
 * contract tests runs over this list.
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
    ...discrete,
    identity: 'always',
    build: (solver, noise) => aimle(solver, { noise }),
  },
  {
    name: 'aimle-forward',
    ...discrete,
    identity: 'always',
    build: (solver, noise) => aimle(solver, { noise, difference: 'forward' }),
  },
  {
    name: 'aimle-antithetic',
    ...discrete,
    identity: 'always',
    build: (solver, noise) => aimle(solver, { noise, antithetic: true }),
  },
  {
    name: 'imle',
    ...discrete,
    identity: 'always',
    build: (solver, noise) => imle(solver, { noise, lambda: 1 }),
  },
  {
    name: 'black-box',
    ...discrete,
    identity: 'always',
    build: (solver, noise) => blackBox(solver, { noise, lambda: 1 }),
  },
  {
    name: 'straight-through',
    ...discrete,
    identity: 'always',
    build: (solver, noise) => straightThrough(solver, { noise }),
  },
  {
    name: 'negative-identity',
    ...discrete,
    identity: 'no',
    build: (solver, noise) => negativeIdentity(solver, { noise }),
  },
  {
    name: 'perturbed-optimiser',
    takes: 'any',
    states: 'relaxed',
    identity: 'in-the-mean',
    build: (solver, noise) => perturbedOptimiser(solver, { noise }),
  },
  {
    name: 'gumbel-softmax',
    takes: 'choice',
    states: 'relaxed',
    identity: 'no',
    build: (solver, noise) => gumbelSoftmax(solver, { noise }),
  },
  {
    name: 'gumbel-softmax-hard',
    takes: 'choice',
    states: 'discrete',
    identity: 'no',
    build: (solver, noise) => gumbelSoftmax(solver, { noise, hard: true }),
  },
  {
    name: 'concrete-subset',
    takes: 'subset',
    states: 'relaxed',
    identity: 'no',
    build: (solver, noise) => concreteSubset(solver, { noise }),
  },
  {
    name: 'relaxed-subset',
    takes: 'subset',
    states: 'relaxed',
    identity: 'no',
    build: (solver, noise) => relaxedSubset(solver, { noise }),
  },
  {
    name: 'relaxed-subset-hard',
    takes: 'subset',
    states: 'discrete',
    identity: 'no',
    build: (solver, noise) => relaxedSubset(solver, { noise, hard: true }),
  },
];
