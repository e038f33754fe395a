import type { Key } from '@aimle/random';
import type { Solver } from '@aimle/solvers';

/** What every operation but `solve` reads: single or double precision. Inside, everything is double. */
export type FloatArray = Float32Array | Float64Array;

/**
 * A solver that also knows the probabilities of its states: an exponential family over them, with everything that can be
 * computed exactly on it.
 *
 * p(z; theta) = exp(s <theta, z> - A(theta)) for z in the structure, A(theta) = log sum_z exp(s <theta, z>), where s = 1
 * if the sense is `'maximise'`, and s = -1 if it is `'minimise'`: then theta holds costs, and cheap states are probable.
 * Either way `solve` finds the most probable state.
 *
 * Name, options, layout of theta, `solve` and its ties are those of the solver of the same name in `@aimle/solvers`. In one
 * thing `solve` is stricter: where every state has a forbidden element, or theta has the infinity that does not forbid, it
 * throws for every structure. To see that, it passes over theta once more.
 *
 * Every other operation takes a batch of any number of instances, `size` numbers each, one after the other. The answers
 * come in the same order, in `out` where one is given (overwritten, and returned), else in a new array.
 *
 * `-Infinity` in theta (`Infinity` when minimising) forbids an element: states that have it have probability zero. A NaN,
 * the other infinity, a length that does not match, or an instance without any state left is a RangeError that names the
 * distribution and the instance.
 *
 * Source of the identities: M. J. Wainwright and M. I. Jordan, "Graphical models, exponential families, and variational
 * inference", 2008, chapter 3.
 */
export interface Distribution extends Solver {
  /** An exact, independent draw an instance. Instance r depends on (key, r) only. */
  sample(key: Key, theta: FloatArray, out?: Float64Array): Float64Array;
  /** A(theta), one number an instance. Its gradient is s mu. */
  logPartition(theta: FloatArray, out?: Float64Array): Float64Array;
  /** mu = E[z], the probability of each element where states hold zeros and ones, in either sense. */
  marginals(theta: FloatArray, out?: Float64Array): Float64Array;
  /**
   * The covariance of z times a vector, Cov[z] v, in either sense. The derivative of the marginals in the direction v,
   * and, the covariance being symmetric, their vector-Jacobian product, is s Cov[z] v: negate it when minimising. It also
   * is the Hessian of A times v, whatever the sense. `v` is shaped like theta.
   */
  covarianceProduct(theta: FloatArray, v: FloatArray, out?: Float64Array): Float64Array;
  /** log p(z; theta), one number an instance; `-Infinity` where z is no state of the structure. `z` is shaped like theta. */
  logProbability(theta: FloatArray, z: FloatArray, out?: Float64Array): Float64Array;
  /** -E[log p(z)] in nats, one number an instance. */
  entropy(theta: FloatArray, out?: Float64Array): Float64Array;
  /** KL(p(theta) || p(other)) in nats, one number an instance; `Infinity` where `other` forbids what theta allows. */
  kl(theta: FloatArray, other: FloatArray, out?: Float64Array): Float64Array;
  /** -E[log p(z; other)] over p(theta), in nats, one number an instance. */
  crossEntropy(theta: FloatArray, other: FloatArray, out?: Float64Array): Float64Array;
  /** All states, the lexicographically greatest first: for small sizes. */
  states(): Iterable<Uint8Array>;
}

/** A distribution whose best states come cheaply. */
export interface RankedDistribution extends Distribution {
  /**
   * The m best states of each instance, the most probable first: `z` has m states an instance, `logProbability` their
   * m log-probabilities. Where there are fewer than m, the rest is zeros with `-Infinity`.
   */
  topStates(theta: FloatArray, m: number): { z: Float64Array; logProbability: Float64Array };
}
