// The contract of an estimator

export {
  type AsyncSamplePass,
  type Estimator,
  type ForwardOptions,
  isLayer,
  type JsonValue,
  type Layer,
  type SamplePass,
  type SampleOptions,
  type StepInfo,
} from './layer/estimator.js';

// Differences of solutions

export { type AimleOptions, aimle } from './difference/aimle.js';
export { type ImleOptions, imle } from './difference/imle.js';
export { type BlackBoxOptions, blackBox } from './difference/blackBox.js';
export type { Temperature } from './difference/perturbAndMap.js';

// Perturbation size

export { type NoiseScaledOptions, type NoiseScaledState, noiseScaled } from './perturbation/noiseScaled.js';
export { fixedLambda } from './perturbation/fixedLambda.js';
export { type PaperAdaptiveOptions, type PaperState, paperAdaptive } from './perturbation/paperAdaptive.js';
export type {
  PerturbationOutcome,
  PerturbationPolicy,
  PerturbationScales,
  PerturbationScope,
} from './perturbation/policy.js';
export {
  type CurvaturePass,
  type CurvatureState,
  curvatureCorrection,
} from './difference/curvatureCorrection.js';

// The identity in place of the solver's gradient

export { type StraightThroughOptions, straightThrough } from './identity/straightThrough.js';
export { type NegativeIdentityOptions, negativeIdentity } from './identity/negativeIdentity.js';
export type { Projection } from './identity/projection.js';

// Through exact probabilities

export { simple } from './exact/simple.js';
export { type ScoreFunctionOptions, scoreFunction } from './score/scoreFunction.js';
export type { Baseline, NoiseBaseline } from './score/baseline.js';
export { type LearnedBaselineOptions, learnedBaseline } from './score/learnedBaseline.js';
export { type MovingAverageBaselineOptions, movingAverageBaseline } from './score/movingAverageBaseline.js';
export { type ExactExpectationOptions, exactExpectation } from './exact/exactExpectation.js';

// Relaxed states

export { type GumbelSoftmaxOptions, gumbelSoftmax } from './relaxation/gumbelSoftmax.js';
export { type RelaxedSubsetOptions, relaxedSubset } from './relaxation/relaxedSubset.js';
export { type StochasticSoftmaxOptions, stochasticSoftmax } from './relaxation/stochasticSoftmax.js';
export { type ConcreteSubsetOptions, concreteSubset } from './relaxation/concreteSubset.js';

// Through the density of the noise

export { type PerturbedOptimiserOptions, perturbedOptimiser } from './score/perturbedOptimiser.js';
export {
  type PerturbedScoreFunctionOptions,
  perturbedScoreFunction,
} from './score/perturbedScoreFunction.js';
export type { ScoredNoise } from './score/noiseScore.js';
export type { PerturbationOptions } from './score/perturbedSolver.js';

// Losses of theta against a target

export type {
  LossPass,
  NoiselessLoss,
  StructuredLoss,
  StructuredLossOptions,
} from './losses/structuredLoss.js';
export { type FenchelYoungOptions, fenchelYoung } from './losses/fenchelYoung.js';
export { spoPlus } from './losses/spoPlus.js';
export { type StructuredHingeOptions, structuredHinge } from './losses/structuredHinge.js';
export { type ImplicitLikelihoodOptions, implicitLikelihood } from './losses/implicitLikelihood.js';
export type { LossNoise } from './losses/lossNoise.js';

// Exact inference on tensors

export { differentiable } from './exact/differentiable.js';
export type { ExactDistribution } from './exact/exactDistribution.js';

// Costs that must stay non-negative

export { type ClampCostsOptions, clampCosts } from './difference/clampCosts.js';

// Diagnosis of gradients

export { type DiagnoseOptions, diagnose } from './diagnose/diagnose.js';
export type { Diagnosis, LambdaCourse, MeasuredMean, TruthComparison } from './diagnose/diagnosis.js';
export { describeDiagnosis } from './diagnose/describeDiagnosis.js';

// Registries

export { estimators } from './registry/estimators.js';
export { distributionEstimators } from './registry/distributionEstimators.js';
export { solverEstimators } from './registry/solverEstimators.js';
export type {
  DistributionEstimatorEntry,
  EstimatorEntry,
  SolverEstimatorEntry,
} from './registry/entry.js';
export { type StructuredLossEntry, structuredLosses } from './losses/registry.js';

// The paper's official code

export { type OfficialCode, officialCode } from './difference/officialCode.js';

// From settings

export { estimatorRules, type EstimatorSettings, estimatorSettings } from './settings/estimatorSettings.js';
export { type EstimatorDecisions, estimatorOf } from './settings/estimatorOf.js';
