/** A mean over repetitions, and its standard error. */
export interface MeasuredMean {
  readonly mean: number;
  readonly error: number;
}

/** The perturbation size, and where the policy takes it from here. */
export interface LambdaCourse {
  /** Mean over repetitions and instances, at the state that the layer is in. */
  readonly mean: number;
  /** The same once the policy has adapted for as many passes as there were repetitions. */
  readonly next: number;
  /** What the policy is doing: `steady` also where nothing adapts. */
  readonly direction: 'rising' | 'falling' | 'steady';
}

/** How estimates stand to the exact gradient. */
export interface TruthComparison {
  /** Cosine of one estimate with the exact gradient, over instances whose exact gradient is not zero. */
  readonly cosine: MeasuredMean;
  /** Length along the exact gradient, in its own units: 1 for an unbiased estimator; a scale bug shows here. */
  readonly scale: MeasuredMean;
  /**
   * Norm of (mean estimate - exact gradient) over the norm of the exact gradient, with what chance alone adds taken off.
   * `error` is that chance: what an unbiased estimator would show at this number of repetitions.
   */
  readonly bias: { readonly value: number; readonly error: number };
}

/** What {@link diagnose} measures. Plain numbers: survives `JSON.stringify` and back. */
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
  /** Share of samples whose two solutions differ; null for estimators that do not compare any. */
  readonly changedShare: number | null;
  /** Coordinates in which they differ, of a sample; null as well. */
  readonly changedCoordinates: number | null;
  /** Null for estimators without a perturbation. */
  readonly lambda: LambdaCourse | null;
  /** |E G|^2 / tr Cov(G) of the gradient G of one pass, all instances together; null where all of it is zero. */
  readonly signalToNoise: number | null;
  /** Null without a truth, and where the exact gradient is zero in every instance. */
  readonly truth: TruthComparison | null;
}
