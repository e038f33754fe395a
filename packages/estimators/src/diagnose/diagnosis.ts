/** A mean over repetitions, and its standard error. */
export interface MeasuredMean {
  readonly mean: number;
  readonly error: number;
}

/** The perturbation size, and how the policy changes it from here. */
export interface LambdaCourse {
  /** Mean over repetitions and instances, at the layer's current state. */
  readonly mean: number;
  /** The same after the policy has adapted for `repeats` passes. */
  readonly next: number;
  /** Where the policy moves lambda; `steady` also where nothing adapts. */
  readonly direction: 'rising' | 'falling' | 'steady';
}

/** How estimates compare with the exact gradient. */
export interface TruthComparison {
  /** Cosine of one estimate with the exact gradient, over instances whose exact gradient is not zero. */
  readonly cosine: MeasuredMean;
  /**
   * Length along the exact gradient, relative to the exact length: 1 for an unbiased estimator. A scale bug shows
   * here.
   */
  readonly scale: MeasuredMean;
  /**
   * Norm of (mean estimate - exact gradient) over the norm of the exact gradient, minus what chance adds. `error` is
   * what chance adds: the value for an unbiased estimator at this number of repetitions.
   */
  readonly bias: { readonly value: number; readonly error: number };
}

/** The result of {@link diagnose}, as plain JSON data. */
export interface Diagnosis {
  readonly estimator: string;
  /** S, marginal samples included. */
  readonly samples: number;
  readonly repeats: number;
  /** Problems in theta: the product of its axes but the last. */
  readonly instances: number;
  /** Batched calls of the solver in one pass, forward and backward. */
  readonly solverCalls: number;
  /** Share of coordinates of the gradient that are exactly zero. */
  readonly sparsity: number;
  /** Share of instances whose whole gradient is zero: they learn nothing in that step. */
  readonly zeroGradients: number;
  /** Share of samples whose two solutions differ; null for estimators that compare none. */
  readonly changedShare: number | null;
  /** Mean number of coordinates in which a sample's two solutions differ; null for the same estimators. */
  readonly changedCoordinates: number | null;
  /** The perturbation size; null for estimators without one. */
  readonly lambda: LambdaCourse | null;
  /** |E G|^2 / tr Cov(G) for the gradient G of one pass over all instances; null where G is always zero. */
  readonly signalToNoise: number | null;
  /** The comparison with the truth; null without one, or where the exact gradient is zero in every instance. */
  readonly truth: TruthComparison | null;
}
