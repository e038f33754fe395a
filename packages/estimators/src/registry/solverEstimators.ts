import { aimle } from '../difference/aimle.js';
import { blackBox } from '../difference/blackBox.js';
import { imle } from '../difference/imle.js';
import { negativeIdentity } from '../identity/negativeIdentity.js';
import { straightThrough } from '../identity/straightThrough.js';
import { concreteSubset } from '../relaxation/concreteSubset.js';
import { gumbelSoftmax } from '../relaxation/gumbelSoftmax.js';
import { relaxedSubset } from '../relaxation/relaxedSubset.js';
import { perturbedOptimiser } from '../score/perturbedOptimiser.js';
import { perturbedScoreFunction } from '../score/perturbedScoreFunction.js';
import type { SolverEstimatorEntry } from './entry.js';

/** Layers of discrete states that take any solver. */
const discrete = {
  needs: 'solver',
  takes: 'any',
  states: 'discrete',
  identity: 'always',
  unbiased: 'none',
  minSamples: 1,
} as const;

/** Layers of states between those of the structure. */
const relaxed = {
  needs: 'solver',
  states: 'relaxed',
  identity: 'no',
  unbiased: 'none',
  minSamples: 1,
} as const;

/**
 * Lists the estimators of this package that need only a solver.
 *
 * @example
 * ```ts
 * import { gumbel } from '@aimle/random';
 * import { solverEstimators } from '@aimle/estimators';
 * import { gridPath } from '@aimle/solvers';
 *
 * const general = solverEstimators.filter(({ takes }) => takes === 'any');
 * const solver = gridPath({ height: 3, width: 3 });
 * general.map(({ build }) => build(solver, gumbel()).name).includes('imle'); // => true
 * ```
 */
export const solverEstimators: readonly SolverEstimatorEntry[] = [
  {
    name: 'aimle',
    ...discrete,
    build: (solver, noise) => aimle(solver, { noise }),
  },
  {
    name: 'aimle-forward',
    ...discrete,
    build: (solver, noise) => aimle(solver, { noise, difference: 'forward' }),
  },
  {
    name: 'aimle-antithetic',
    ...discrete,
    build: (solver, noise) => aimle(solver, { noise, antithetic: true }),
  },
  {
    name: 'imle',
    ...discrete,
    build: (solver, noise) => imle(solver, { noise, lambda: 1 }),
  },
  {
    name: 'black-box',
    ...discrete,
    build: (solver, noise) => blackBox(solver, { noise, lambda: 1 }),
  },
  {
    name: 'straight-through',
    ...discrete,
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
    ...relaxed,
    takes: 'any',
    identity: 'in-the-mean',
    unbiased: 'linear-loss',
    build: (solver, noise) => perturbedOptimiser(solver, { noise }),
  },
  {
    name: 'gumbel-softmax',
    ...relaxed,
    takes: 'choice',
    build: (solver, noise) => gumbelSoftmax(solver, { noise }),
  },
  {
    name: 'gumbel-softmax-hard',
    ...discrete,
    takes: 'choice',
    identity: 'no',
    build: (solver, noise) => gumbelSoftmax(solver, { noise, hard: true }),
  },
  {
    name: 'concrete-subset',
    ...relaxed,
    takes: 'subset',
    build: (solver, noise) => concreteSubset(solver, { noise }),
  },
  {
    name: 'relaxed-subset',
    ...relaxed,
    takes: 'subset',
    build: (solver, noise) => relaxedSubset(solver, { noise }),
  },
  {
    name: 'relaxed-subset-hard',
    ...discrete,
    takes: 'subset',
    identity: 'no',
    build: (solver, noise) => relaxedSubset(solver, { noise, hard: true }),
  },
  {
    name: 'perturbed-score-function',
    ...discrete,
    identity: 'in-the-mean',
    unbiased: 'any-loss',
    build: (solver, noise) => perturbedScoreFunction(solver, { noise }),
  },
];
