import type { Key } from '@aimle/random';

/** What every operation reads: single or double precision. Inside, everything is double. */
export type Numbers = Float32Array | Float64Array;

/**
 * An exponential family over the states of a structure, with everything that can be computed exactly on it:
 *
 * p(z; theta) = exp(<theta, z> - A(theta)) for z in the structure, A(theta) = log sum_z exp <theta, z>.
 *
 * Every operation takes a batch: theta holds any number of instances of `size` numbers, one after the other, and the
 * answers come in the same order, in `out` where one is given (overwritten, and returned), else in a new array. What a
 * structure cannot do, it does not have.
 *
 * `-Infinity` in theta forbids an element: states that have it have probability zero. A NaN, `Infinity`, a length that
 * does not match, or an instance without any state left is a RangeError that names the distribution and the instance.
 *
 * Source of the identities: M. J. Wainwright and M. I. Jordan, "Graphical models, exponential families, and variational
 * inference", 2008, chapter 3.
 */
export interface Distribution {
  /** Name in error messages and logs. */
  readonly name: string;
  /** Numbers in one instance of theta and in one state. */
  readonly size: number;
  /** Number of ones in a state, a typical one where it varies: the kappa of the Sum-of-Gamma noise that fits. */
  readonly kappa: number;
  /** The most probable state, argmax of <theta, z>; ties as in the solver of the same structure. */
  mode(theta: Numbers, out?: Float64Array): Float64Array;
  /** An exact, independent draw an instance. Instance r depends on (key, r) only. */
  sample(key: Key, theta: Numbers, out?: Float64Array): Float64Array;
  /** A(theta), one number an instance. */
  logPartition(theta: Numbers, out?: Float64Array): Float64Array;
  /** mu = E[z] = the gradient of A. */
  marginals(theta: Numbers, out?: Float64Array): Float64Array;
  /**
   * The covariance of z times a vector: Cov[z] v, that is the derivative of the marginals in the direction v, and, the
   * covariance being symmetric, the vector-Jacobian product of the marginals. `v` is shaped like theta.
   */
  marginalsProduct(theta: Numbers, v: Numbers, out?: Float64Array): Float64Array;
  /** log p(z; theta), one number an instance; `-Infinity` where z is no state of the structure. `z` is shaped like theta. */
  logProbability(theta: Numbers, z: Numbers, out?: Float64Array): Float64Array;
  /** -E[log p(z)] in nats, one number an instance. */
  entropy(theta: Numbers, out?: Float64Array): Float64Array;
  /** KL(p(theta) || p(other)) in nats, one number an instance; `Infinity` where `other` forbids what theta allows. */
  kl(theta: Numbers, other: Numbers, out?: Float64Array): Float64Array;
  /** -E[log p(z; other)] over p(theta), in nats, one number an instance. */
  crossEntropy(theta: Numbers, other: Numbers, out?: Float64Array): Float64Array;
  /** All states, the lexicographically greatest first: for small sizes. */
  states(): Iterable<Uint8Array>;
}

/** A distribution whose best states come cheaply. */
export interface RankedDistribution extends Distribution {
  /**
   * The m best states of each instance, the most probable first: `z` has m states an instance, `logProbability` their
   * m log-probabilities. Where there are fewer than m, the rest is zeros with `-Infinity`.
   */
  topStates(theta: Numbers, m: number): { z: Float64Array; logProbability: Float64Array };
}
