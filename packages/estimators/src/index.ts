// The layers
export { type AimleOptions, aimle } from './aimle.js';
export { type ImleOptions, imle } from './imle.js';
export { type StraightThroughOptions, straightThrough } from './straight-through.js';
export { type EstimatorEntry, estimators } from './registry.js';

// What a layer is, takes and gives
export type { Applied, ApplyOptions, Estimator, JsonValue, StepInfo } from './estimator.js';
export type { Temperature } from './temperature.js';

// How far to perturb
export { fixed } from './perturbation/fixed.js';
export { noiseScaled } from './perturbation/noise-scaled.js';
export { type PaperAdaptiveOptions, type PaperState, paperAdaptive } from './perturbation/paper-adaptive.js';
export type { Outcome, PerturbationPolicy, Scales, Scope } from './perturbation/policy.js';

// The official code's ways
export { type Compatibility, officialCode } from './compatibility.js';
