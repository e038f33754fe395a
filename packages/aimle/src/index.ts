// Discrete layers that train by gradient

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

// Layers for tf.sequential and tf.model

export { discreteLayer, loadModel } from '@aimle/estimators/layers';

// Losses of scores against a known state

export { fenchelYoung, spoPlus } from '@aimle/estimators';

// Structures with exact probabilities

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

// Structures with only a solver

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

// Costs that must stay non-negative, and diagnosis of gradients

export { clampCosts, describeDiagnosis, diagnose } from '@aimle/estimators';

// Noise from keys: the same key gives the same numbers

export { foldIn, gumbel, type Key, key, normal, split, sumOfGamma } from '@aimle/random';

// The TensorFlow.js engine; it loads the kernels, which code without an engine does itself

export { useEngine } from '@aimle/engine';
export { type KernelOptions, useKernels } from '@aimle/kernels';
