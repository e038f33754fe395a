// Problems: a structure, theta, a loss

export { type Loss, linearLoss, networkLoss, quadraticLoss, residualLoss } from './loss/losses.js';
export { type RandomState, randomState } from './numpy/randomState.js';
export { type Problem, paperProblem, type Variant, variants } from './problem.js';
export { kSubset, type StudyStructure, tree } from './structure/structures.js';

// Truths

export {
  conditionalGradient,
  type DensityNoise,
  gumbelDensity,
  type SampledGradient,
} from './truth/conditional.js';
export { gibbsTruth } from './truth/gibbs.js';
export { perturbAndMapGradient } from './truth/perturbAndMap.js';

// Rules: ways of choosing lambda

export { type GuardOptions, guardedRule } from './rules/guarded.js';
export { type PolicyRuleOptions, policyRule } from './rules/policyRule.js';
export { realisedRule } from './rules/realised.js';
export type { RuleContext, DifferenceMode, StudyRule, RuleStep } from './rules/rule.js';
export { scoreRule } from './rules/score.js';
export type { PerturbationDirection } from './rules/direction.js';
export { spreadAboutMean, spreadAboutZero } from './rules/spread.js';

// Regret

export { lambdaGrid, type CosineMeasurement } from './regret/cosines.js';
export {
  measureRegret,
  type Regret,
  type RegretCell,
  type RegretOptions,
  type StudyTruth,
} from './regret/regret.js';

// The toy optimisation

export { type ToyGap, type ToyOptions, toyGap, toyRates } from './toy/toy.js';

// The paper's figures

export {
  type BaselinePoint,
  type LambdaCurve,
  type LambdaCurveOptions,
  type LambdaPoint,
  lambdaCurve,
} from './figures/lambdaCurve.js';
export type { MeanWithError } from './sampling/statistics.js';
export { type SamplesCurveOptions, type SamplesPoint, samplesCurve } from './figures/samplesCurve.js';

// Estimators against the exact gradient, by name

export {
  type Comparison,
  type ComparisonRow,
  compareEstimators,
} from './comparison/compareEstimators.js';
export { methodNames, defaultMethodNames } from './comparison/methods.js';
export { type ComparisonOptions, checkComparison } from './comparison/plan.js';
export { type ComparedStructure, comparedStructures } from './comparison/structures.js';

// The paper's study, measured again

export type {
  Curve,
  CurvePoint,
  MeasuredFigure,
  KnownFigure,
  Level,
  Panel,
  Preset,
  Reproduction,
  ReproductionName,
  ReproductionOptions,
} from './reproduction/reproduction.js';
export { reproductions } from './reproduction/reproductions.js';

// Minibatches that share parameters

export { type MinibatchOptions, measureMinibatch } from './minibatch/minibatch.js';
