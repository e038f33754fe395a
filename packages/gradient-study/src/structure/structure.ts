import type { Distribution } from '@aimle/distributions';
import type { Solver } from '@aimle/solvers';

/** A structure of the study: its solver, its Gibbs distribution, and the law of its perturb-and-MAP states. */
export interface Structure {
  /** As the tables name it: `(5,2)`, `tree 5`. */
  readonly name: string;
  /** Number of coordinates of theta and z. */
  readonly size: number;
  readonly solver: Solver;
  /** p(z) proportional to exp <theta, z>. */
  readonly gibbs: Distribution;
  /**
   * The gradient in theta of E <c, z> for z = MAP(theta + standard Gumbel noise), without sampling.
   *
   * @param theta [size]
   * @param c [size], the loss of each coordinate.
   */
  raceGradient(theta: Float64Array, c: Float64Array): Float64Array;
}
