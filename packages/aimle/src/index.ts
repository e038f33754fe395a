// Layers: discrete choices that pass a gradient

export {
  aimle,
  fixedLambda,
  gumbelSoftmax,
  imle,
  type Layer,
  perturbedOptimiser,
  scoreFunction,
  simple,
  stochasticSoftmax,
  straightThrough,
} from '@aimle/estimators';

// As a layer of tf.sequential and tf.model

export { discreteLayer, loadModel } from '@aimle/estimators/layers';

// Losses of scores against a known state

export { fenchelYoung, spoPlus } from '@aimle/estimators';

// Structures that also know their probabilities

export {
  betweenK,
  bernoulli,
  categorical,
  chain,
  knapsack,
  permutation,
  projectiveTree,
  segmentation,
  spanningTree,
  topK,
} from '@aimle/distributions';

// Structures with a solver

export {
  assignment,
  custom,
  graphPath,
  gridPath,
  minCut,
  perfectMatching,
  ranking,
  type Solver,
  travellingSalesman,
} from '@aimle/solvers';

// Costs that noise must not turn negative, and what a gradient looks like

export { clampCosts, describeDiagnosis, diagnose } from '@aimle/estimators';

// Noise from keys: same key, same numbers

export { foldIn, gumbel, type Key, key, normal, split, sumOfGamma } from '@aimle/random';

// The TensorFlow.js engine

export { useEngine } from '@aimle/engine';
