import { fixedLambda, noiseScaled, paperAdaptive } from '@aimle/estimators';
import { foldIn, key as keyOf } from '@aimle/random';
import { gibbsScoreMean, straightThroughOf } from '../figures/baselines.js';
import { policyRule } from '../rules/policyRule.js';
import type { DifferenceMode, StudyRule } from '../rules/rule.js';
import { toyGap } from '../toy/toy.js';
import { estimateOf, type GradientEstimate, gapOf, toyCurve, toyProblem } from '../toy/toyCurve.js';
import { gibbsTruth } from '../truth/gibbs.js';
import {
  type Curve,
  knownFigure,
  type Panel,
  pointOf,
  type Reproduction,
  type ReproductionOptions,
} from './reproduction.js';

const presets = {
  quick: { repetitions: 20, choose: 10 },
  paper: { repetitions: 100, choose: 50 },
} as const;

/** The official script repeats the score function less often. */
const SCORE_REPETITIONS = 20;

const STEPS = 100;

/** Steps between two reported points. */
const EVERY = 10;

/** One optimisation: the estimate, its learning rate, and the known final gap. */
interface Descent {
  readonly label: string;
  readonly difference: DifferenceMode | null;
  readonly begin: () => GradientEstimate;
  readonly rate: number;
  /** Final gap over 100 repetitions (score function: 20): mean and standard deviation. */
  readonly known?: readonly [mean: string, deviation: number];
  /** The factor by which this optimisation takes more steps; one step in this many is drawn. */
  readonly slower?: number;
}

/**
 * Reproduces the paper's toy optimisation, with each estimator under its own name: minimises E |z - b|^2 over theta
 * for 5 of 10 by 100 steps of gradient descent with momentum 0.9 and one sample per step, and reports the gap to the
 * minimum loss.
 *
 * **Cost**: `quick` 20 repetitions, about 5 s; `paper` 100, about 20 s.
 *
 * @see arXiv:2209.04862, section 5.1; `cli/synth-cli.py` of the official code.
 */
export function toy({ preset, key = keyOf(0), onProgress }: ReproductionOptions): Reproduction {
  const { repetitions, choose } = presets[preset];
  const ours = policyRule('our default', noiseScaled());
  const rateOf = (mode: DifferenceMode): number =>
    toyGap({
      rule: ours,
      samples: 1,
      mode,
      repetitions: { choose, report: 2 },
      key: foldIn(key, `rate ${mode}`),
    }).rate;
  const all = [
    ...published(),
    ...(['forward', 'central'] as const).map((mode) => ownDescent(ours, mode, rateOf(mode))),
  ];
  const curves = all.map((descent, at): Curve => {
    const { label, difference, begin, rate, known, slower = 1 } = descent;
    const own = slower > 1 ? Math.min(repetitions, SCORE_REPETITIONS) : repetitions;
    const course = toyCurve({
      begin,
      rate,
      steps: STEPS * slower,
      every: EVERY * slower,
      repetitions: own,
      key: foldIn(key, at),
    });
    onProgress?.((at + 1) / all.length);
    const times = slower > 1 ? SCORE_REPETITIONS : presets.paper.repetitions;
    const end = known && knownFigure(known[0], known[1] / Math.sqrt(times));
    return {
      label: `${label}, rate ${rate}`,
      difference,
      points: course.map(({ step, gap }, i) =>
        pointOf(step / slower, gap, i === course.length - 1 ? end : undefined),
      ),
    };
  });
  const panel = (title: string, caption: string, of: (curve: Curve) => boolean): Panel => ({
    title,
    caption,
    xLabel: 'step',
    yLabel: 'gap to the minimum loss',
    xScale: 'linear',
    yRange: [0, 3],
    curves: curves.filter(of),
    levels: [],
    tabled: [10, 20, 50, STEPS],
  });
  const adaptive = (curve: Curve): boolean => curve.label.includes('AIMLE');
  const start = gapOf(toyProblem.theta);
  return {
    name: 'toy',
    title: 'The toy optimisation, each estimator under its own name',
    truth: `the exact Gibbs expectation minus the minimum loss of any state; all start at ${start.toFixed(6)}`,
    corrections: [
      'D31: in the official script "STE" and both "AIMLE adapt" call IMLE, mostly with Sum-of-Gamma noise; here each ' +
        'runs the estimator it is named after, with Gumbel noise and differences divided by lambda.',
      'D33: every curve has its own settings and its own label.',
      'D34: "fresh" starts every repetition with alpha = 0; "shared" keeps alpha from repetition to repetition, as the ' +
        'official script does by mistake.',
      'D35: the minimum loss is that of the best of the 252 states, and no run is overwritten.',
    ],
    known:
      'measured with numpy, 100 repetitions (score function 20); the figures of the paper itself were not available',
    preset,
    settings: {
      structure: '(10,5)',
      seed: 0,
      repetitions,
      samples: 1,
      momentum: 0.9,
      start_gap: start,
    },
    panels: [
      panel(
        'Fixed, exact and published settings',
        'Mean over repetitions, at published learning rates. The score function takes ten times the steps; every tenth is drawn.',
        (curve) => !adaptive(curve),
      ),
      panel(
        'AIMLE',
        'The official controller at the learning rates of the known figures; our default at the best of 11 rates, chosen ' +
          `on ${choose} other repetitions.`,
        adaptive,
      ),
    ],
  };
}

function published(): Descent[] {
  const finite = (policy: Parameters<typeof policyRule>[1], mode: DifferenceMode) => () =>
    estimateOf(policyRule('', policy), 1, mode);
  const imle = (mode: DifferenceMode): Descent => ({
    label: 'IMLE, lambda = 2',
    difference: mode,
    begin: finite(fixedLambda(2), mode),
    rate: 0.75,
    known: ['0.21', 0.19],
  });
  const adaptive = (step: number): Parameters<typeof policyRule>[1] => paperAdaptive({ step });
  const shared = estimateOf(policyRule('', adaptive(1e-4)), 1, 'forward');
  return [
    {
      label: 'exact gradient',
      difference: null,
      begin: () => (theta) => gibbsTruth({ ...toyProblem, theta }).gradient,
      rate: 0.5,
      known: ['0.001', 0],
    },
    imle('forward'),
    imle('central'),
    {
      label: 'straight-through',
      difference: null,
      begin: () => (theta, key) => straightThroughOf({ ...toyProblem, theta }, key, 1),
      rate: 0.02,
      known: ['0.79', 0.11],
    },
    {
      label: 'score function',
      difference: null,
      begin: () => (theta, key) => gibbsScoreMean({ ...toyProblem, theta }, key, 1),
      rate: 0.0046,
      known: ['0.17', 0.17],
      slower: 10,
    },
    {
      label: 'AIMLE, step 0.0001, fresh',
      difference: 'forward',
      begin: finite(adaptive(1e-4), 'forward'),
      rate: 0.5,
      known: ['1.53', 1.44],
    },
    {
      label: 'AIMLE, step 0.0001, shared',
      difference: 'forward',
      begin: () => shared,
      rate: 0.5,
      known: ['0.93', 1],
    },
    {
      label: 'AIMLE, step 0.01, fresh',
      difference: 'forward',
      begin: finite(adaptive(1e-2), 'forward'),
      rate: 0.1,
      known: ['0.87', 0.8],
    },
    {
      label: 'AIMLE, step 0.01, fresh',
      difference: 'central',
      begin: finite(adaptive(1e-2), 'central'),
      rate: 0.1,
      known: ['0.71', 0.71],
    },
  ];
}

const ownDescent = (rule: StudyRule, mode: DifferenceMode, rate: number): Descent => ({
  label: 'AIMLE, our default',
  difference: mode,
  begin: () => estimateOf(rule, 1, mode),
  rate,
});
