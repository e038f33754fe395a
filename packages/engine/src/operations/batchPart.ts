/**
 * The place of a part in a batch whose parts are computed at the same time by several workers, and the sums that they
 * share. Whatever looks across instances (a norm of the whole batch, a count of changes, batch statistics) adds up over
 * the parts, so that parts compute what the whole batch would, up to the order of sums.
 */
export interface BatchPart {
  /** The number of instances in the whole batch. */
  readonly batch: number;
  /** How many of them come before this part. */
  readonly first: number;
  /**
   * Adds up vectors of one length over all parts, in their order, so that all parts get the same numbers. It waits for the
   * other parts: all must make the same calls in the same order.
   */
  sum(values: ArrayLike<number>): Float64Array;
  /** Adds up a number over the parts before this one. It waits as {@link sum} does. */
  sumBefore(value: number): number;
}
