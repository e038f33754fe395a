import type { Distribution } from '@aimle/distributions';
import type { Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import type { Estimator } from '../layer/estimator.js';

/** What every entry says. */
interface Described {
  readonly name: string;
  /** Whether its states are those of the structure (`discrete`), or points between them (`relaxed`). */
  readonly states: 'discrete' | 'relaxed';
  /**
   * The losses for which its gradients are unbiased: for the expectation under the distribution, or under
   * perturb-and-MAP where it needs only a solver.
   */
  readonly unbiased: 'any-loss' | 'linear-loss' | 'none';
  /** The minimum S. */
  readonly minSamples: 1 | 2;
}

/** An estimator that needs only a solver, of any structure or of one kind. */
export interface SolverEstimatorEntry extends Described {
  readonly needs: 'solver';
  /** The solvers that it takes: any, those of k-subsets, or those that choose one of n. */
  readonly takes: 'any' | 'subset' | 'choice';
  /** Whether its Jacobian is the identity for a solver that returns its input: always, in the mean, or not. */
  readonly identity: 'always' | 'in-the-mean' | 'no';
  build(solver: Solver, noise: Noise): Estimator;
}

/** An estimator that needs exact inference. */
export interface DistributionEstimatorEntry extends Described {
  readonly needs: 'distribution';
  build(distribution: Distribution, noise: Noise): Estimator;
}

/**
 * An entry of {@link estimators}: what a contract test, a command line or a comparison needs to build the estimator.
 * A distribution suits all of them, a solver those whose `needs` is `solver`.
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
