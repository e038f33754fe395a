import type { Key } from '@aimle/random';
import type { Solver } from '@aimle/solvers';

/**
 * What a structure implements, one instance at a time; `assemble` makes a whole distribution of it. Vectors are
 * double precision and `size` long. theta comes here as scores, negated where the solver minimises, and free of NaN and
 * Infinity. Nothing is allocated: working
 * memory belongs to the implementation.
 */
export interface Inference {
  /** Finds the best state. Its name, size, kappa and description are the distribution's, and so is its sense. */
  readonly solver: Solver;
  /** Whether z is a state. */
  contains(z: Float64Array): boolean;
  /** A(theta); `-Infinity` where no state is left. */
  logPartition(theta: Float64Array): number;
  /** Writes E[z], answers A(theta). */
  marginals(theta: Float64Array, mu: Float64Array): number;
  /** Writes E[z] and Cov[z] v, answers A(theta). */
  covarianceProduct(theta: Float64Array, v: Float64Array, mu: Float64Array, out: Float64Array): number;
  /** Writes a draw, answers A(theta). */
  sample(key: Key, theta: Float64Array, z: Float64Array): number;
  /**
   * The entropy, or `-Infinity` where no state is left: for a way more accurate than A - <theta, mu>, which cancels
   * when it is small beside A.
   */
  entropy?(theta: Float64Array): number;
  /**
   * KL(p(theta) || p(other)), `-Infinity` where theta leaves no state, `Infinity` where `other` forbids what theta
   * allows: for a way more accurate than the difference of cross-entropy and entropy.
   */
  kl?(theta: Float64Array, other: Float64Array): number;
  /** Writes up to m states, the best first, and their <theta, z>; answers how many there are. */
  best?(theta: Float64Array, m: number, z: Float64Array, values: Float64Array): number;
  /** All states, the lexicographically greatest first. */
  states(): Iterable<Uint8Array>;
}
