// What an estimator takes and gives

export {
  type Applied,
  type ApplyOptions,
  type Estimator,
  type Expected,
  isLayer,
  type JsonValue,
  type Layer,
  type StepInfo,
} from './estimator.js';
export type { Structure } from './structure.js';
export type { Temperature } from './temperature.js';

// Differences of solutions

export { type AimleOptions, aimle } from './aimle.js';
export { type ImleOptions, imle } from './imle.js';
export { type BlackBoxOptions, blackBox } from './blackBox.js';

// How far to perturb

export { fixed } from './perturbation/fixed.js';
export { type NoiseScaledOptions, type NoiseScaledState, noiseScaled } from './perturbation/noiseScaled.js';
export { type PaperAdaptiveOptions, type PaperState, paperAdaptive } from './perturbation/paperAdaptive.js';
export type { Outcome, PerturbationPolicy, Scales, Scope, Slope } from './perturbation/policy.js';
export { type SecantPass, type SecantState, secant } from './perturbation/secant.js';

// Identities

export { type StraightThroughOptions, straightThrough } from './straightThrough.js';
export { type NegativeIdentityOptions, negativeIdentity } from './identity/negativeIdentity.js';
export type { Projection } from './identity/projection.js';

// Relaxed states

export { type ConcreteSubsetOptions, concreteSubset } from './relaxation/concreteSubset.js';
export { type GumbelSoftmaxOptions, gumbelSoftmax } from './relaxation/gumbelSoftmax.js';
export { type RelaxedSubsetOptions, relaxedSubset } from './relaxation/relaxedSubset.js';
export { type StochasticSoftmaxOptions, stochasticSoftmax } from './relaxation/stochasticSoftmax.js';

// Through the probabilities of states

export { type ExactExpectationOptions, exactExpectation } from './exact/exactExpectation.js';
export { simple } from './exact/simple.js';
export type { Baseline } from './score/baseline.js';
export { type LearnedOptions, learned } from './score/learned.js';
export { type MovingAverageOptions, movingAverage } from './score/movingAverage.js';
export { type ScoreFunctionOptions, scoreFunction } from './score/scoreFunction.js';

// Through the density of the noise

export type { ScoredNoise } from './noise/score.js';
export type { NoiseBaseline } from './perturbed/baseline.js';
export { type PerturbedOptimiserOptions, perturbedOptimiser } from './perturbed/perturbedOptimiser.js';
export {
  type PerturbedScoreFunctionOptions,
  perturbedScoreFunction,
} from './perturbed/perturbedScoreFunction.js';
export type { PerturbationOptions } from './perturbed/perturbedSolver.js';

// Costs that noise may turn negative

export { type ClampedOptions, clamped } from './clamped.js';

// Exact inference on tensors

export { differentiable } from './exact/differentiable.js';
export type { ExactDistribution } from './exact/exactDistribution.js';

// Losses of theta against a target

export type { NoiselessLoss, StructuredLoss, StructuredLossOptions } from './structuredLoss.js';
export { type FenchelYoungOptions, fenchelYoung } from './losses/fenchelYoung.js';
export { type ImplicitLikelihoodOptions, implicitLikelihood } from './losses/implicitLikelihood.js';
export type { LossNoise } from './losses/lossNoise.js';
export { type StructuredLossEntry, structuredLosses } from './losses/registry.js';
export { spoPlus } from './losses/spoPlus.js';
export { type StructuredHingeOptions, structuredHinge } from './losses/structuredHinge.js';

// Looking at gradients

export { describeDiagnosis } from './diagnose/describeDiagnosis.js';
export { type DiagnoseOptions, diagnose } from './diagnose/diagnose.js';
export type { Diagnosis, LambdaCourse, MeasuredMean, TruthComparison } from './diagnose/diagnosis.js';

// The list of all

export { distributionEstimators } from './registry/distributionEstimators.js';
export type {
  DistributionEstimatorEntry,
  EstimatorEntry,
  SolverEstimatorEntry,
} from './registry/entry.js';
export { estimators } from './registry/estimators.js';
export { solverEstimators } from './registry/solverEstimators.js';

// The official code's ways

export { type Compatibility, officialCode } from './compatibility.js';

// From settings

export { estimatorRules, type EstimatorSettings, estimatorSettings } from './settings/estimatorSettings.js';
export { type EstimatorDecisions, estimatorOf } from './settings/estimatorOf.js';
