import type { Reduction } from './reduction.js';

/**
 * How weights are held: as they are, or as logarithms. They are sums of products and quotients of positive numbers, and
 * nothing is ever subtracted: so either way each is right to a few units in its own last place, however small it is.
 * As they are is some four times faster; as logarithms none is too small.
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
   * Eliminates all vertices but the first `kept`, and answers whether there can be a tree. With W_v = sum_j w_vj,
   * eliminating v divides the weight of all trees by W_v and adds w_iv w_vj / W_v to every other w_ij.
   */
  eliminate(graph: Reduction, kept: number): boolean;
  /** The same together with the slopes, of which those of a sum are the average. */
  eliminateAlong(graph: Reduction, kept: number): boolean;
}
