// The layers
export { type AimleOptions, aimle } from './aimle.js';
// The official code's ways
export { type Compatibility, officialCode } from './compatibility.js';
// What a layer is, takes and gives
export type { Applied, ApplyOptions, Estimator, Expected, JsonValue, Layer, StepInfo } from './estimator.js';
export { type ImleOptions, imle } from './imle.js';
// Exact inference on tensors
export { differentiable } from './exact/differentiable.js';
export type { ExactDistribution } from './exact/exactDistribution.js';
// How far to perturb
export { fixed } from './perturbation/fixed.js';
export { noiseScaled } from './perturbation/noiseScaled.js';
export { type PaperAdaptiveOptions, type PaperState, paperAdaptive } from './perturbation/paperAdaptive.js';
export type { Outcome, PerturbationPolicy, Scales, Scope } from './perturbation/policy.js';
export { type EstimatorEntry, estimators } from './registry.js';
export { type StraightThroughOptions, straightThrough } from './straightThrough.js';
export type { Temperature } from './temperature.js';
