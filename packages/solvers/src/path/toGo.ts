/**
 * Remaining cost and steps to the target from each vertex: valid at least for all vertices on the best path from the
 * start.
 */
export interface ToGo {
  readonly cost: Float64Array;
  /** Steps of the best path; of equally good ones, the fewest. */
  readonly steps: Int32Array;
  /** Looks for paths from `start` to `target`; cost[start] is Infinity where there is none. */
  find(start: number, target: number): void;
}
