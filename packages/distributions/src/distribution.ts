import type { Key } from '@aimle/random';
import type { Solver } from '@aimle/solvers';

/**
 * The arrays that every operation except `solve` reads, in single or double precision. All computation is in double
 * precision.
 */
export type FloatArray = Float32Array | Float64Array;

/**
 * A solver that also knows the probabilities of its states: an exponential family over them, with its exact operations.
 *
 * p(z; theta) = exp(s <theta, z> - A(theta)) for z in the structure, A(theta) = log sum_z exp(s <theta, z>), where
 * s = 1 if the sense is `'maximise'`, and s = -1 if it is `'minimise'`: then theta holds costs, and states of low cost
 * are probable. In either sense `solve` finds the most probable state.
 *
 * Name, options, layout of theta, `solve` and its ties are those of the solver of the same name in `@aimle/solvers`.
 * `solve` is stricter in one respect: if every state has a forbidden element, or theta has the infinity that does not
 * forbid, it throws for every structure. That check takes one more pass over theta.
 *
 * Every other operation takes a batch of any number of instances, `size` numbers each, one after the other. The answers
 * are in the same order, in `out` if it is given (overwritten and returned), otherwise in a new array.
 *
 * `-Infinity` in theta (`Infinity` when minimising) forbids an element: states with it have probability zero. A NaN,
 * the other infinity, a length that does not match, or an instance without any state left is a RangeError that names
 * the distribution and the instance.
 *
 * Source of the identities: M. J. Wainwright and M. I. Jordan, "Graphical models, exponential families, and variational
 * inference", 2008, chapter 3.
 */
export interface Distribution extends Solver {
  /** Draws one exact, independent state per instance. Instance r depends on (key, r) only. */
  sample(key: Key, theta: FloatArray, out?: Float64Array): Float64Array;
  /** Computes A(theta), one number per instance. Its gradient is s mu. */
  logPartition(theta: FloatArray, out?: Float64Array): Float64Array;
  /** Computes mu = E[z], in either sense: the probability of each element if states hold zeros and ones. */
  marginals(theta: FloatArray, out?: Float64Array): Float64Array;
  /**
   * Computes the covariance of z times a vector, Cov[z] v, in either sense. The derivative of the marginals in the
   * direction v is s Cov[z] v, so negate it when minimising. Because the covariance is symmetric, that is also their
   * vector-Jacobian product. Cov[z] v is also the Hessian of A times v, in either sense. `v` is shaped like theta.
   */
  covarianceProduct(theta: FloatArray, v: FloatArray, out?: Float64Array): Float64Array;
  /**
   * Computes log p(z; theta), one number per instance; `-Infinity` if z is not a state of the structure. `z` is shaped
   * like theta.
   */
  logProbability(theta: FloatArray, z: FloatArray, out?: Float64Array): Float64Array;
  /** Computes the entropy, -E[log p(z)], in nats, one number per instance. */
  entropy(theta: FloatArray, out?: Float64Array): Float64Array;
  /**
   * Computes KL(p(theta) || p(other)) in nats, one number per instance; `Infinity` where `other` forbids what theta
   * allows.
   */
  kl(theta: FloatArray, other: FloatArray, out?: Float64Array): Float64Array;
  /** Computes the cross-entropy, -E[log p(z; other)] over p(theta), in nats, one number per instance. */
  crossEntropy(theta: FloatArray, other: FloatArray, out?: Float64Array): Float64Array;
  /** Lists all states, the lexicographically greatest first; for small sizes. */
  states(): Iterable<Uint8Array>;
}

/** A distribution that can list its best states cheaply. */
export interface RankedDistribution extends Distribution {
  /**
   * Finds the m best states of each instance, the most probable first: `z` has m states per instance, and
   * `logProbability` their m log-probabilities. If there are fewer than m, the rest is zeros with `-Infinity`.
   */
  topStates(theta: FloatArray, m: number): { z: Float64Array; logProbability: Float64Array };
}
