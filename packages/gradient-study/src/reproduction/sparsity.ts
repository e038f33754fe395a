import { key as keyOf } from '@aimle/random';
import { type LambdaPoint, lambdaCurve } from '../figures/lambdaCurve.js';
import type { DifferenceMode } from '../rules/rule.js';
import { kSubset } from '../structure/structures.js';
import {
  figureOf,
  type Panel,
  pointOf,
  type Reproduction,
  type ReproductionOptions,
} from './reproduction.js';

/** Evenly spaced in the logarithm; the official script has 1,001 evenly spaced values up to 100. */
const lambdas = [0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5, 10, 30, 100] as const;

const presets = { quick: { seeds: 16 }, paper: { seeds: 64 } } as const;

/** The values of S: one sample may be sparse where the mean of many is not. */
const sizes = [1, 10, 100, 1000] as const;

/**
 * Reproduces the paper's study of sparsity against bias: for 10 of 20, how many coordinates of the estimate are
 * exactly zero, and how close it is to the exact gradient, over lambda and for several S.
 *
 * **Cost**: `quick` 16 seeds, about 10 s; `paper` 64 seeds, about 30 s.
 *
 * @see arXiv:2209.04862, section 3; `cli/gradient-sparsity-bias-cli.py` of the official code.
 */
export function sparsity({ preset, key = keyOf(0), onProgress }: ReproductionOptions): Reproduction {
  const { seeds } = presets[preset];
  const curves = sizes.map((samples, at) => ({
    samples,
    ...lambdaCurve({
      structure: kSubset(20, 10),
      lambdas,
      seeds,
      samples,
      baselineSamples: [samples],
      key,
      // The largest S takes nearly all of the time.
      ...(at === sizes.length - 1 && onProgress && { onProgress }),
    }),
  }));
  const pointsOf = (mode: DifferenceMode, samples: number): readonly LambdaPoint[] =>
    curves.find((curve) => curve.samples === samples)!.points.filter((point) => point.mode === mode);
  const axes = { xLabel: 'lambda', xScale: 'log' } as const;
  const named = (samples: number): string => `S = ${samples.toLocaleString('en')}`;
  const zeros: Panel = {
    ...axes,
    title: 'Sparsity',
    caption: `Share of coordinates of the central estimate that are exactly zero, mean over ${seeds} problems.`,
    yLabel: 'exact zeros, %',
    yRange: [0, 100],
    curves: sizes.map((samples) => ({
      label: named(samples),
      difference: null,
      points: pointsOf('central', samples).map(({ lambda, zerosOfMean: { mean, error } }) =>
        pointOf(lambda, { mean: 100 * mean, error: 100 * error }),
      ),
    })),
    levels: [],
  };
  const similarity = (mode: DifferenceMode): Panel => ({
    ...axes,
    title: `Similarity, ${mode} difference`,
    caption: `Cosine between the ${mode} estimate and the exact gradient, mean over ${seeds} problems.`,
    yLabel: 'cosine with the exact gradient',
    yRange: [0, 1],
    curves: sizes.map((samples) => ({
      label: named(samples),
      difference: null,
      points: pointsOf(mode, samples).map(({ lambda, cosine }) => pointOf(lambda, cosine)),
    })),
    levels: curves.slice(-1).flatMap(({ straightThrough, scoreFunction }) => [
      { label: `straight-through, ${named(sizes.at(-1)!)}`, ...figureOf(straightThrough[0]!.cosine) },
      { label: `score function, ${named(sizes.at(-1)!)}`, ...figureOf(scoreFunction[0]!.cosine) },
    ]),
  });
  return {
    name: 'sparsity',
    title: 'Sparsity against bias, 10 of 20',
    truth: 'the exact gradient of the Gibbs expectation, as in the official script (D37)',
    corrections: [
      'D37: states are drawn by perturb-and-MAP, whose own exact gradient has a cosine of .987 to 1 with the Gibbs gradient.',
      'Only exact zeros count; the official script, whose blocks are disabled, counts numbers below 1e-8.',
      'Gumbel-softmax is left out: in the official script it relaxes a choice of 1 instead of 10.',
    ],
    known: 'no figure of this study was available',
    preset,
    settings: { structure: '(20,10)', seeds, noise: 'gumbel' },
    panels: [zeros, similarity('central'), similarity('forward')],
  };
}
