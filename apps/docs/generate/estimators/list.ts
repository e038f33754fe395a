/** A page about one or several exported functions of packages/estimators. */
export interface EstimatorPage {
  readonly page: string;
  readonly title: string;
  /** Exported functions, each in its file of packages/estimators/src. */
  readonly functions: readonly { readonly name: string; readonly file: string }[];
  /** Its names in the measurements of pages/results/estimators.md. */
  readonly measured: readonly string[];
  /** The page of the idea behind it. */
  readonly concept: string;
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
      one('aimle', 'AIMLE', 'difference/aimle', 'adaptive-lambda', ['aimle', 'aimle-forward', 'aimle-paper']),
      one('imle', 'IMLE', 'difference/imle', 'implicit-mle', ['imle']),
      one('black-box', 'Black-box differentiation', 'difference/blackBox', 'target-distribution'),
    ],
  },
  {
    title: 'How far to perturb',
    intro: 'The option `perturbation` of `aimle` is the rule that chooses lambda.',
    pages: [
      one('noise-scaled', 'Noise-scaled size', 'perturbation/noiseScaled', 'adaptive-lambda'),
      one('paper-adaptive', "The paper's controller", 'perturbation/paperAdaptive', 'adaptive-lambda', [
        'aimle-paper',
      ]),
      one('fixed-lambda', 'A fixed size', 'perturbation/fixedLambda', 'target-distribution'),
      one(
        'curvature-correction',
        'Curvature correction',
        'difference/curvatureCorrection',
        'adaptive-lambda',
      ),
    ],
  },
  {
    title: 'Identities',
    intro: 'They need only one solve: the backward pass treats the solver as the identity.',
    pages: [
      one('straight-through', 'Straight-through', 'identity/straightThrough', 'relaxations', [
        'straight-through',
      ]),
      one('negative-identity', 'Negative identity', 'identity/negativeIdentity', 'relaxations'),
    ],
  },
  {
    title: 'Relaxed states',
    intro: 'They give points between the states, so the loss must make sense there.',
    pages: [
      one('gumbel-softmax', 'Gumbel-softmax', 'relaxation/gumbelSoftmax', 'relaxations'),
      one('relaxed-subset', 'Relaxed subsets', 'relaxation/relaxedSubset', 'relaxations', ['relaxed-subset']),
      one('concrete-subset', 'Concrete subsets (L2X)', 'relaxation/concreteSubset', 'relaxations'),
      one('stochastic-softmax', 'Stochastic softmax', 'relaxation/stochasticSoftmax', 'relaxations', [
        'stochastic-softmax',
      ]),
      one('perturbed-optimiser', 'Perturbed optimiser', 'score/perturbedOptimiser', 'perturb-and-map', [
        'perturbed-optimiser',
      ]),
    ],
  },
  {
    title: 'Through probabilities',
    intro: 'They need a distribution, or the density of the noise.',
    pages: [
      one('simple', 'SIMPLE', 'exact/simple', 'marginals', ['simple']),
      one('score-function', 'Score function', 'score/scoreFunction', 'score-function', [
        'score-function-plain',
        'score-function-leave-one-out',
      ]),
      {
        page: 'baselines',
        title: 'Baselines',
        functions: [
          { name: 'movingAverageBaseline', file: 'score/movingAverageBaseline' },
          { name: 'learnedBaseline', file: 'score/learnedBaseline' },
        ],
        measured: [],
        concept: 'score-function',
      },
      one(
        'perturbed-score-function',
        'Perturbed score function',
        'score/perturbedScoreFunction',
        'score-function',
        ['perturbed-score-function'],
      ),
      one('exact-expectation', 'Exact expectation', 'exact/exactExpectation', 'discrete-choice'),
      one('differentiable', 'Differentiable inference', 'exact/differentiable', 'marginals'),
    ],
  },
  {
    title: 'Losses of scores against a target',
    intro: 'If you know the right state, no gradient has to pass through a state.',
    pages: [
      one('fenchel-young', 'Fenchel–Young loss', 'losses/fenchelYoung', 'fenchel-young'),
      one('structured-hinge', 'Structured hinge', 'losses/structuredHinge', 'fenchel-young'),
      one('spo-plus', 'SPO+', 'losses/spoPlus', 'fenchel-young'),
      one('implicit-likelihood', 'Implicit likelihood', 'losses/implicitLikelihood', 'implicit-mle'),
    ],
  },
  {
    title: 'Around them',
    intro: 'Tools for using and inspecting estimators.',
    pages: [
      one('clamp-costs', 'Costs that stay positive', 'difference/clampCosts', 'temperature'),
      one('diagnose', 'Diagnosis of a gradient', 'diagnose/diagnose', 'samples'),
    ],
  },
];

function one(
  page: string,
  title: string,
  file: string,
  concept: string,
  measured: readonly string[] = [],
): EstimatorPage {
  return {
    page,
    title,
    functions: [{ name: file.slice(file.lastIndexOf('/') + 1), file }],
    measured,
    concept,
  };
}
