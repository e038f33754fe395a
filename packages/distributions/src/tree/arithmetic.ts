import type { Reduction } from './reduction.js';

/**
 * How weights are represented: directly, or as logarithms. They are sums of products and quotients of positive numbers,
 * and nothing is ever subtracted, so each is accurate to a few units in its last place, however small it is. The direct
 * form is about four times as fast; with logarithms no weight is too small.
 */
export interface Arithmetic {
  readonly zero: number;
  readonly one: number;
  of(logWeight: number): number;
  log(weight: number): number;
  /** A weight as a plain number. */
  plain(weight: number): number;
  plus(a: number, b: number): number;
  times(a: number, b: number): number;
  over(a: number, b: number): number;
  /**
   * Eliminates all vertices except the first `kept`, and returns whether there can be a tree. With W_v = sum_j w_vj,
   * eliminating v divides the weight of all trees by W_v and adds w_iv w_vj / W_v to every other w_ij.
   */
  eliminate(graph: Reduction, kept: number): boolean;
  /** Does the same and updates the slopes; the slope of a sum is the weighted mean of its terms' slopes. */
  eliminateAlong(graph: Reduction, kept: number): boolean;
}
