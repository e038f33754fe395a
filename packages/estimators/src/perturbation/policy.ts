import type { JsonValue } from '../layer/estimator.js';

/** What a policy computes lambda from, for one instance or for the whole batch. */
export interface PerturbationScales {
  /** Norm of theta, repeated once for every sample. */
  readonly thetaNorm: number;
  /** Norm of g over all samples, where g = S dL/dz is the gradient of a sample's own loss. */
  readonly gradientNorm: number;
  /** Spread of g: the root mean, over rows, of its variance over the n coordinates of a row (n - 1 in the divisor). */
  readonly gradientSpread: number;
  /** The root mean square, over rows, of the mean of g over the coordinates of a row; 0 where n is 1. */
  readonly gradientMean: number;
  /** Standard deviation of one coordinate of the noise, temperature included. */
  readonly noiseStd: number;
  /** The number of differences that an instance's estimate averages: S, marginal samples and draws included. */
  readonly samples: number;
  /** B, the number of instances that share the parameters behind theta. */
  readonly batch: number;
}

/** What the perturbation changed, known after the two solves. */
export interface PerturbationOutcome {
  /** Mean number of non-zero coordinates in a sample's difference. */
  readonly changedCoordinates: number;
  /** Share of samples whose difference is not zero. */
  readonly changedShare: number;
  /** Mean squared change of the number of ones: 0 where all states have the same number. */
  readonly changedSize: number;
}

/**
 * A way to choose the perturbation size lambda: pure functions of an explicit state. `lambda` reads the state and
 * this step's scales, the solver runs, and `update` adds what changed to the state.
 */
export interface PerturbationPolicy<State extends JsonValue = JsonValue> {
  /** Saved with the state, so that the state of another policy is refused. */
  readonly name: string;
  /** The default scope of this policy. */
  readonly scope: PerturbationScope;
  /** The default of the estimator's curvature correction with this policy. */
  readonly curvatureCorrection: boolean;
  /** Whether lambda is measured in widths of the noise, which must then not be zero. */
  readonly needsNoise: boolean;
  /** The policy as data, for saved models; absent for your own policies. */
  readonly description?: { readonly name: string; readonly options: object };
  init(): State;
  lambda(state: State, scales: PerturbationScales): number;
  update(state: State, outcome: PerturbationOutcome): State;
  /** Throws when a saved state is not one of this policy's. */
  check(state: JsonValue): void;
}

/** Whether lambda is chosen for each instance, or once for the batch. */
export type PerturbationScope = 'instance' | 'batch';
