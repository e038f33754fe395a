import { key as keyOf } from '@aimle/random';
import { type BaselinePoint, type LambdaPoint, lambdaCurve } from '../figures/lambdaCurve.js';
import type { DifferenceMode } from '../rules/rule.js';
import type { MeanWithError } from '../sampling/statistics.js';
import { kSubset } from '../structure/structures.js';
import {
  figureOf,
  knownFigure,
  type Level,
  type Panel,
  pointOf,
  type Reproduction,
  type ReproductionOptions,
} from './reproduction.js';

const lambdas = [0.001, 0.01, 0.1, 0.3, 1, 2, 3, 5, 10, 100] as const;

/** Measured with numpy by the project's founders: 128 seeds, S = 1,000; not the paper's own numbers. */
const known = {
  forward: '.17 .55 .906 .947 .756 .557 .466 .387 .322 .289',
  central: '.21 .58 .916 .949 .786 .622 .553 .492 .435 .388',
  zerosOfSample: '99.99 99.92 99.26 98.1 96.5 96.1 96.0 96.0 96.0 96.0',
  zerosOfMean: '92.9 59.3 16.6 6.1 2.8 1.7 1.4 1.5 1.6 1.5',
} as const;

const KNOWN_SEEDS = 128;

const knownLevels: Readonly<Record<string, string>> = {
  'straight-through 100000': '.429',
  'score function 100000': '.843',
  'score function 1000': '.157',
};

const presets = {
  quick: { seeds: 16, baselineSamples: [1000, 10_000] },
  paper: { seeds: 128, baselineSamples: [1000, 100_000] },
} as const;

const SAMPLES = 1000;

/**
 * Reproduces figure 1 of the paper: how close IMLE's finite differences are to the exact gradient, and how many of
 * their coordinates are exactly zero, over lambda, for 1 of 50. Straight-through and the score function, with more
 * samples, stand beside it.
 *
 * **Cost**: `quick` 16 seeds, about 10 s; `paper` 128 seeds with 100,000 samples for the other methods, about 8 min.
 *
 * @see arXiv:2209.04862, figure 1; `cli/gradient-sparsity-bias-cli.py` of the official code.
 */
export function figure1({ preset, key = keyOf(0), onProgress }: ReproductionOptions): Reproduction {
  const { seeds, baselineSamples } = presets[preset];
  const curve = lambdaCurve({
    structure: kSubset(50, 1),
    lambdas,
    seeds,
    samples: SAMPLES,
    baselineSamples,
    key,
    ...(onProgress && { onProgress }),
  });
  const of = (mode: DifferenceMode): readonly LambdaPoint[] =>
    curve.points.filter((point) => point.mode === mode);
  /** The known figure's standard error is ours, scaled to its number of problems. */
  const knownOf = (text: string | undefined, { error }: MeanWithError) =>
    text === undefined ? undefined : knownFigure(text, error * Math.sqrt(seeds / KNOWN_SEEDS));
  const entry = (name: keyof typeof known, at: number) => known[name].split(' ')[at];
  const cosines = (mode: DifferenceMode) =>
    of(mode).map(({ lambda, cosine }, at) => pointOf(lambda, cosine, knownOf(entry(mode, at), cosine)));
  const zeros = (field: 'zerosOfSample' | 'zerosOfMean') =>
    of('forward').map((point, at) => {
      const percent = { mean: 100 * point[field].mean, error: 100 * point[field].error };
      return pointOf(point.lambda, percent, knownOf(entry(field, at), percent));
    });
  const levels = (name: string, points: readonly BaselinePoint[]): Level[] =>
    points.map(({ samples, cosine }) => ({
      label: `${name}, S = ${samples.toLocaleString('en')}`,
      ...figureOf(cosine, knownOf(knownLevels[`${name} ${samples}`], cosine)),
    }));
  const similarity: Panel = {
    title: 'Similarity',
    caption:
      `Cosine between the estimate from ${SAMPLES.toLocaleString('en')} samples and the exact gradient, mean over ` +
      `${seeds} problems. A small lambda changes hardly any sample; a large one is biased.`,
    xLabel: 'lambda',
    yLabel: 'cosine with the exact gradient',
    xScale: 'log',
    yRange: [0, 1],
    curves: [
      { label: 'IMLE', difference: 'forward', points: cosines('forward') },
      { label: 'IMLE', difference: 'central', points: cosines('central') },
    ],
    levels: [
      ...levels('straight-through', curve.straightThrough.slice(-1)),
      ...levels('score function', curve.scoreFunction),
    ],
  };
  const sparsity: Panel = {
    title: 'Sparsity',
    caption:
      'Share of coordinates of the forward estimate that are exactly zero, mean over the same problems.',
    xLabel: 'lambda',
    yLabel: 'exact zeros, %',
    xScale: 'log',
    yRange: [0, 100],
    curves: [
      { label: 'one sample', difference: null, points: zeros('zerosOfSample') },
      {
        label: `mean of ${SAMPLES.toLocaleString('en')} samples`,
        difference: null,
        points: zeros('zerosOfMean'),
      },
    ],
    levels: [],
  };
  return {
    name: 'figure1',
    title: 'Figure 1: similarity and sparsity over lambda',
    truth: 'the exact gradient of the Gibbs expectation, which for k = 1 is the perturb-and-MAP one too',
    corrections: [
      'D37: the truth is that of the Gibbs distribution. For k = 1, states drawn under Gumbel noise have the same distribution.',
      'Differences are divided by lambda (D7), which a cosine does not see; the score function has exact samples, each ' +
        'problem its own (D37: the official one reuses RandomState(0)), and no baseline.',
    ],
    known:
      'measured with numpy on the same 128 problems with other noise; the figures of the paper itself were not available',
    preset,
    settings: { structure: '(50,1)', seeds, samples: SAMPLES, noise: 'gumbel' },
    panels: [similarity, sparsity],
  };
}
