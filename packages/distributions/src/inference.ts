import type { Key } from '@aimle/random';
import type { Solver } from '@aimle/solvers';

/**
 * The operations that a structure implements, one instance at a time; `assemble` builds a complete distribution from
 * them. Vectors are in double precision and have length `size`. theta holds scores here (negated if the solver
 * minimises), without NaN and Infinity. Nothing is allocated: working memory belongs to the implementation.
 */
export interface Inference {
  /** Finds the best state. The distribution has the same name, size, sense, kappa and description. */
  readonly solver: Solver;
  /** Whether z is a state. */
  contains(z: Float64Array): boolean;
  /** A(theta); `-Infinity` where no state is left. NaN, here as in the others, if theta spreads too far for doubles. */
  logPartition(theta: Float64Array): number;
  /** Writes E[z], returns A(theta). */
  marginals(theta: Float64Array, mu: Float64Array): number;
  /** Writes E[z] and Cov[z] v, returns A(theta). */
  covarianceProduct(theta: Float64Array, v: Float64Array, mu: Float64Array, out: Float64Array): number;
  /** Writes a draw, returns A(theta). */
  sample(key: Key, theta: Float64Array, z: Float64Array): number;
  /**
   * The entropy, or `-Infinity` if no state is left. Implement it if there is a more accurate way than A - <theta, mu>,
   * which cancels when the entropy is small compared with A.
   */
  entropy?(theta: Float64Array): number;
  /**
   * KL(p(theta) || p(other)), `-Infinity` where theta leaves no state, `Infinity` where `other` forbids what theta
   * allows. Implement it if there is a more accurate way than the difference of cross-entropy and entropy.
   */
  kl?(theta: Float64Array, other: Float64Array): number;
  /** Writes up to m states, the best first, and their <theta, z>; returns how many there are. */
  best?(theta: Float64Array, m: number, z: Float64Array, values: Float64Array): number;
  /** All states, the lexicographically greatest first. */
  states(): Iterable<Uint8Array>;
}
