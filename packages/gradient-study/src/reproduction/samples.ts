import { foldIn, key as keyOf } from '@aimle/random';
import { type SamplesPoint, samplesCurve } from '../figures/samplesCurve.js';
import { kSubset } from '../structure/structures.js';
import {
  type Curve,
  knownFigure,
  type Panel,
  pointOf,
  type Reproduction,
  type ReproductionOptions,
} from './reproduction.js';

/** By method: cosines at S = 1, 10, 100, 1,000, and, where measured, 10,000. */
type Known = Readonly<Record<string, string>>;

interface Study {
  readonly n: number;
  readonly k: number;
  readonly seeds: number;
  /** Measured with numpy by the project's founders, on the same problems with other noise. */
  readonly known: Known;
}

const studies: readonly Study[] = [
  {
    n: 5,
    k: 2,
    seeds: 64,
    known: {
      'AIMLE, official forward': '0.04 0.35 0.81 0.973 0.993',
      'AIMLE, official central': '0.01 0.27 0.75 0.970 0.992',
      'IMLE, lambda = 1 forward': '0.39 0.74 0.86 0.87 0.88',
      'IMLE, lambda = 1 central': '0.52 0.78 0.87 0.90 0.90',
      'straight-through': '0.49 0.64 0.65 0.65 0.65',
      'score function': '-0.03 0.41 0.82 0.977 0.997',
    },
  },
  {
    n: 10,
    k: 5,
    seeds: 64,
    known: {
      'AIMLE, official forward': '0.07 0.38 0.82 0.966',
      'AIMLE, official central': '0.08 0.47 0.83 0.970',
      'IMLE, lambda = 1 forward': '0.43 0.75 0.84 0.84',
      'IMLE, lambda = 1 central': '0.53 0.82 0.89 0.91',
      'straight-through': '0.61 0.75 0.77 0.77',
      'score function': '0.07 0.19 0.65 0.935',
    },
  },
  {
    n: 10,
    k: 1,
    seeds: 64,
    known: {
      'AIMLE, official forward': '0.02 0.27 0.71 0.937 0.993',
      'AIMLE, official central': '0.03 0.22 0.65 0.941 0.992',
      'straight-through': '0.48 0.49 0.49 0.50 0.49',
      'score function': '0.04 0.12 0.42 0.81 0.97',
    },
  },
  {
    n: 50,
    k: 1,
    seeds: 32,
    known: {
      'AIMLE, official forward': '0.04 0.11 0.45 0.84 0.98',
      'AIMLE, official central': '0.05 0.09 0.48 0.86 0.98',
      'IMLE, lambda = 1 forward': '0.21 0.54 0.70 0.75 0.74',
      'IMLE, lambda = 1 central': '0.29 0.56 0.75 0.78 0.78',
      'straight-through': '0.44 0.44 0.44 0.44 0.44',
      'score function': '0.02 0.01 0.10 0.16 0.42',
    },
  },
];

const presets = {
  quick: { max: 8, samples: [1, 10, 100, 1000] },
  paper: { max: Number.POSITIVE_INFINITY, samples: [1, 10, 100, 1000, 10_000] },
} as const;

/**
 * Reproduces the paper's comparison over the number of samples: the cosine with the exact gradient of AIMLE, IMLE,
 * straight-through and the score function, on four k-subset structures.
 *
 * **Cost**: `quick` 8 seeds up to S = 1,000, about 10 s; `paper` 64 (32) seeds up to 10,000, about 5 min.
 *
 * @see arXiv:2209.04862, section 5.1; `cli/gradient-samples-cli.py` of the official code.
 */
export function samples({ preset, key = keyOf(0), onProgress }: ReproductionOptions): Reproduction {
  const { max, samples: sizes } = presets[preset];
  const panels = studies.map(({ n, k, seeds: all, known }, at): Panel => {
    const seeds = Math.min(all, max);
    const points = samplesCurve({
      structure: kSubset(n, k),
      seeds,
      samples: sizes,
      key: foldIn(key, at),
      onProgress: (share) => onProgress?.((at + share) / studies.length),
    });
    return {
      title: `${k} of ${n}`,
      caption:
        `Mean over ${seeds} problems. The official AIMLE warms up for 100 passes on each problem, not counted in S; ` +
        'our default starts anew for every estimate, without anything learned.',
      xLabel: 'samples S',
      yLabel: 'cosine with the exact gradient',
      xScale: 'log',
      yRange: [0, 1],
      curves: curvesOf(points, known, all),
      levels: [],
    };
  });
  return {
    name: 'samples',
    title: 'Similarity over the number of samples',
    truth: 'the exact gradient of the Gibbs expectation, as in the official script',
    corrections: [
      'D37: states are drawn by perturb-and-MAP, whose own gradient has a cosine of .987 to 1 with the Gibbs gradient and is the ' +
        'same for k = 1. The score function uses exact Gibbs samples, new ones for each estimate, and no baseline.',
      'D38: the official protocol warms AIMLE up for 100 passes in steps of 0.001 from 0, so alpha is 0.101 when it is ' +
        'measured, on every problem. This runs the same: a fixed alpha, without adaptation.',
      'D36: every S is a separate point; the official script merges those between two powers of ten. Small S are ' +
        'averaged over several estimates of each problem, 200 samples in all.',
    ],
    known:
      'measured with numpy on the same problems with other noise; the figures of the paper itself were not available',
    preset,
    settings: { noise: 'gumbel', max_samples: sizes.at(-1)! },
    panels,
  };
}

/** The known figures use one estimate for each problem; ours average several. */
function curvesOf(points: readonly SamplesPoint[], known: Known, seeds: number): Curve[] {
  const curves = new Map<string, SamplesPoint[]>();
  for (const point of points) {
    const name = [point.method, point.difference].filter(Boolean).join(' ');
    curves.set(name, [...(curves.get(name) ?? []), point]);
  }
  return [...curves].map(([name, own]) => ({
    label: own[0]!.method,
    difference: own[0]!.difference,
    points: own.map(({ samples: x, cosine, deviation }) => {
      const text = known[name]?.split(' ')[Math.round(Math.log10(x))];
      return pointOf(
        x,
        cosine,
        text === undefined ? undefined : knownFigure(text, deviation / Math.sqrt(seeds)),
      );
    }),
  }));
}
