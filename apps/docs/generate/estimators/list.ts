/** A page about one or several exported functions of packages/estimators. */
export interface EstimatorPage {
  readonly page: string;
  readonly title: string;
  /** Exported functions, each in its file of packages/estimators/src. */
  readonly functions: readonly { readonly name: string; readonly file: string }[];
  readonly concept: string;
  /** Its name in the measurements of pages/results/estimators.md, and the beginning of those of its variants. */
  readonly measured: string;
}

/** The groups of the overview, in its order. */
export const groups: readonly {
  readonly title: string;
  readonly intro: string;
  readonly pages: readonly EstimatorPage[];
}[] = [
  {
    title: 'Differences of solutions',
    intro:
      'They work with any solver. The gradient is the difference between the solutions of two nearby problems.',
    pages: [
      one('difference/aimle', 'AIMLE', 'adaptive-lambda'),
      one('difference/imle', 'IMLE', 'implicit-mle'),
      one('difference/blackBox', 'Black-box differentiation', 'target-distribution'),
    ],
  },
  {
    title: 'How far to perturb',
    intro: 'The option `perturbation` of `aimle` is the rule that chooses lambda.',
    pages: [
      one('perturbation/noiseScaled', 'Noise-scaled size', 'adaptive-lambda'),
      {
        ...one('perturbation/paperAdaptive', "The paper's controller", 'adaptive-lambda'),
        measured: 'aimle-paper',
      },
      one('perturbation/fixedLambda', 'A fixed size', 'target-distribution'),
      one('difference/curvatureCorrection', 'Curvature correction', 'adaptive-lambda'),
    ],
  },
  {
    title: 'Identities',
    intro: 'They need only one solve: the backward pass treats the solver as the identity.',
    pages: [
      one('identity/straightThrough', 'Straight-through', 'relaxations'),
      one('identity/negativeIdentity', 'Negative identity', 'relaxations'),
    ],
  },
  {
    title: 'Relaxed states',
    intro: 'They give points between the states, so the loss must make sense there.',
    pages: [
      one('relaxation/gumbelSoftmax', 'Gumbel-softmax', 'relaxations'),
      one('relaxation/relaxedSubset', 'Relaxed subsets', 'relaxations'),
      one('relaxation/concreteSubset', 'Concrete subsets (L2X)', 'relaxations'),
      one('relaxation/stochasticSoftmax', 'Stochastic softmax', 'relaxations'),
      one('score/perturbedOptimiser', 'Perturbed optimiser', 'perturb-and-map'),
    ],
  },
  {
    title: 'Through probabilities',
    intro: 'They need a distribution, or the density of the noise.',
    pages: [
      one('exact/simple', 'SIMPLE', 'marginals'),
      one('score/scoreFunction', 'Score function', 'score-function'),
      {
        ...one('score/movingAverageBaseline', 'Baselines', 'score-function'),
        page: 'baselines',
        functions: [
          { name: 'movingAverageBaseline', file: 'score/movingAverageBaseline' },
          { name: 'learnedBaseline', file: 'score/learnedBaseline' },
        ],
      },
      one('score/perturbedScoreFunction', 'Perturbed score function', 'score-function'),
      one('exact/exactExpectation', 'Exact expectation', 'discrete-choice'),
      one('exact/differentiable', 'Differentiable inference', 'marginals'),
    ],
  },
  {
    title: 'Losses of scores against a target',
    intro: 'If you know the right state, no gradient has to pass through a state.',
    pages: [
      one('losses/fenchelYoung', 'Fenchel–Young loss', 'fenchel-young'),
      one('losses/structuredHinge', 'Structured hinge', 'fenchel-young'),
      one('losses/spoPlus', 'SPO+', 'fenchel-young'),
      one('losses/implicitLikelihood', 'Implicit likelihood', 'implicit-mle'),
    ],
  },
  {
    title: 'Around them',
    intro: 'Tools for using and inspecting estimators.',
    pages: [
      one('difference/clampCosts', 'Costs that stay positive', 'temperature'),
      one('diagnose/diagnose', 'Diagnosis of a gradient', 'samples'),
    ],
  },
];

/** The page of one function, named after it. */
function one(file: string, title: string, concept: string): EstimatorPage {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const page = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { page, title, functions: [{ name, file }], concept, measured: page };
}
