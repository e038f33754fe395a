import type { Distribution } from '@aimle/distributions';

/** A structure of the study: its Gibbs distribution, which is also a solver, and its Gumbel gradient. */
export interface StudyStructure {
  /** The name in tables, such as `(5,2)` or `tree 5`. */
  readonly name: string;
  /** Number of coordinates of theta and z. */
  readonly size: number;
  /** p(z) proportional to exp <theta, z>. */
  readonly distribution: Distribution;
  /**
   * Computes the gradient in theta of E <c, z> for z = MAP(theta + standard Gumbel noise), without sampling.
   *
   * @param theta [size]
   * @param c [size], the loss of each coordinate.
   */
  gumbelGradient(theta: Float64Array, c: Float64Array): Float64Array;
}
