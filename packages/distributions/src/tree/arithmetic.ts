import type { Escapes } from './escapes.js';
import type { Reduction } from './reduction.js';

/** Between these bounds a double has all its digits, with a margin for sums of many. */
export const MIN_WEIGHT = 1e-290;
export const MAX_WEIGHT = 1e290;

/**
 * How weights are represented: directly, or as logarithms. They are sums of products and quotients of positive numbers,
 * and nothing is ever subtracted, so each is accurate to a few units in its last place, however small it is. The direct
 * form is many times as fast; with logarithms no weight is too small or too large.
 */
export interface Arithmetic {
  readonly zero: number;
  readonly one: number;
  /** Whether all numbers since `begin` stayed where doubles have all their digits; if not, the answers are void. */
  inRange: boolean;
  begin(): void;
  /** Writes the weights whose logarithms are theta, less the shift. */
  represent(theta: Float64Array, shift: number, into: Float64Array): void;
  log(weight: number): number;
  /** A weight as a plain number. */
  plain(weight: number): number;
  plus(a: number, b: number): number;
  times(a: number, b: number): number;
  over(a: number, b: number): number;
  /** How the derivative of a weight is represented, given that of its logarithm. */
  tangent(weight: number, slope: number): number;
  /** The derivative of the logarithm. */
  slope(weight: number, tangent: number): number;
  /**
   * Eliminates all vertices except the first `kept`, and returns whether there can be a tree. With W_v = sum_j w_vj,
   * eliminating v divides the weight of all trees by W_v and adds w_iv w_vj / W_v to every other w_ij.
   */
  eliminate(graph: Reduction, kept: number): boolean;
  /** Does the same and updates the tangents. */
  eliminateAlong(graph: Reduction, kept: number): boolean;
  /**
   * Extends the escapes past the vertices that are kept to those that were eliminated, the last one first: e_vi = sum_k
   * w_vk e_ki / W_v, over the vertices that were left when v was eliminated, and the root.
   */
  substitute(graph: Reduction, kept: number, count: number, escapes: Escapes): void;
  /** Does the same and updates the tangents. */
  substituteAlong(graph: Reduction, kept: number, count: number, escapes: Escapes): void;
}
