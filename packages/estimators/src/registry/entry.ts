import type { Distribution } from '@aimle/distributions';
import type { Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import type { Estimator } from '../layer/estimator.js';

/** What an entry says, whatever it is built on. */
interface Described {
  readonly name: string;
  /** Whether its states are those of the structure, or points between them. */
  readonly states: 'discrete' | 'relaxed';
  /**
   * For which losses the mean of its gradients is the exact one, of the expectation under the distribution, or under
   * perturb-and-MAP where it needs a solver only.
   */
  readonly unbiased: 'any-loss' | 'linear-loss' | 'none';
  /** The least S that it takes. */
  readonly minSamples: 1 | 2;
}

/** An estimator that any structure will do for, or any of a kind. */
export interface SolverEstimatorEntry extends Described {
  readonly needs: 'solver';
  /** Which solvers it takes: any, those of k-subsets, or those that choose one of n. */
  readonly takes: 'any' | 'subset' | 'choice';
  /** Whether its Jacobian is the identity through a solver that returns its input: always, in the mean, or not. */
  readonly identity: 'always' | 'in-the-mean' | 'no';
  build(solver: Solver, noise: Noise): Estimator;
}

/** An estimator that needs exact inference. */
export interface DistributionEstimatorEntry extends Described {
  readonly needs: 'distribution';
  build(distribution: Distribution, noise: Noise): Estimator;
}

/**
 * An estimator as a list entry: what a contract test, a command line or a comparison needs to build one. On a
 * distribution all of them can be built, on a solver those whose `needs` is `solver`.
 *
 * @example
 * ```ts
 * import { estimators } from '@aimle/estimators';
 *
 * const exact = estimators.filter(({ unbiased }) => unbiased === 'any-loss');
 * exact.map(({ name }) => name).includes('score-function'); // => true
 * ```
 */
export type EstimatorEntry = SolverEstimatorEntry | DistributionEstimatorEntry;
