import type { JsonValue } from '../layer/estimator.js';

/** What a policy may look at before it says how far to perturb: of one instance, or of the whole batch. */
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
  /** How many differences an instance's estimate averages: S, marginal samples and draws included. */
  readonly samples: number;
  /** B: how many instances share the parameters that theta came from. */
  readonly batch: number;
}

/** What the perturbation brought about, seen after the two solves. */
export interface PerturbationOutcome {
  /** Mean number of non-zero coordinates in a sample's difference. */
  readonly changedCoordinates: number;
  /** Share of samples whose difference is not zero. */
  readonly changedShare: number;
  /** Mean squared change of the number of ones: 0 where all states have as many. */
  readonly changedSize: number;
}

/**
 * How the perturbation size lambda is chosen: three pure functions of an explicit state. `lambda` reads the state
 * and this step's scales, then the solver runs twice, then `update` folds in what changed.
 */
export interface PerturbationPolicy<State extends JsonValue = JsonValue> {
  /** Saved with the state, so that a state of another policy is not taken for this one's. */
  readonly name: string;
  /** What this policy takes as one problem when the user does not say: each instance, or the batch. */
  readonly scope: PerturbationScope;
  /** Whether it is made for a gradient with its curvature taken off, when the user does not say. */
  readonly curvatureCorrection: boolean;
  /** Whether lambda is measured in widths of the noise, so that there must be some. */
  readonly needsNoise: boolean;
  /** How to make it again, as data, for saved models; absent for a policy of your own. */
  readonly description?: { readonly name: string; readonly options: object };
  init(): State;
  lambda(state: State, scales: PerturbationScales): number;
  update(state: State, outcome: PerturbationOutcome): State;
  /** Throws when a saved state is not one of this policy's. */
  check(state: JsonValue): void;
}

/** Whether lambda is chosen for each instance by itself, or once for the batch. */
export type PerturbationScope = 'instance' | 'batch';
