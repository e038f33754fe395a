/**
 * Statistics of a discrete layer's last step, such as `layer.lastStep` of `@aimle/estimators`. A number is null if the
 * estimator has none.
 */
export interface StepStatistics {
  /** The size of the perturbation, averaged over the instances. */
  readonly lambda: number | null;
  /** Mean number of coordinates in which the two solutions of one sample differ. */
  readonly changedCoordinates: number | null;
  /** Share of coordinates of the gradient in theta that are exactly zero. */
  readonly sparsity: number | null;
}

/**
 * Turns the statistics of a discrete layer's last step into the observations of a {@link Model}: `lambda`, `changed`
 * and `sparsity`, without those that are null. The report draws curves of them.
 *
 * @param statistics Null before the first step.
 * @example
 * ```ts
 * import { stepMetrics } from '@aimle/training';
 *
 * stepMetrics({ lambda: 0.5, changedCoordinates: 2, sparsity: null }); // => { lambda: 0.5, changed: 2 }
 * stepMetrics(null); // => {}
 * ```
 */
export function stepMetrics(statistics: StepStatistics | null): Record<string, number> {
  const { lambda = null, changedCoordinates: changed = null, sparsity = null } = statistics ?? {};
  return {
    ...(lambda !== null && { lambda }),
    ...(changed !== null && { changed }),
    ...(sparsity !== null && { sparsity }),
  };
}
