import { foldIn, gumbel, type Key } from '@aimle/random';
import { paperProblem } from '../problem.js';
import type { DifferenceMode } from '../rules/rule.js';
import { Differences } from '../sampling/difference.js';
import { drawStates } from '../sampling/draws.js';
import { cosine, type MeanWithError, meanOf, shareOfZeros, sumOfRows } from '../sampling/statistics.js';
import type { StudyStructure } from '../structure/structures.js';
import { gibbsTruth } from '../truth/gibbs.js';
import { gibbsScoreMean, straightThroughOf } from './baselines.js';

/** What {@link lambdaCurve} measures. */
export interface LambdaCurveOptions {
  readonly structure: StudyStructure;
  readonly lambdas: readonly number[];
  /** Problems 0 to seeds - 1. */
  readonly seeds: number;
  /** S of the finite differences. */
  readonly samples: number;
  /** The values of S for the methods without lambda: straight-through and the score function. */
  readonly baselineSamples: readonly number[];
  readonly key: Key;
  /** Called after every problem with the share of the work that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** The results at one lambda, forward or central. */
export interface LambdaPoint {
  readonly lambda: number;
  readonly mode: DifferenceMode;
  /** Cosine with the Gibbs gradient, over seeds. */
  readonly cosine: MeanWithError;
  /** Share of coordinates that are exactly zero in a single sample's difference, over seeds. */
  readonly zerosOfSample: MeanWithError;
  /** The same in the mean of all samples. */
  readonly zerosOfMean: MeanWithError;
}

/** The result of a method without lambda: its cosine with the Gibbs gradient, over seeds. */
export interface BaselinePoint {
  readonly samples: number;
  readonly cosine: MeanWithError;
}

/** Similarity and sparsity over lambda, and the methods without lambda. */
export interface LambdaCurve {
  readonly points: readonly LambdaPoint[];
  readonly straightThrough: readonly BaselinePoint[];
  /** With exact Gibbs samples and no baseline. */
  readonly scoreFunction: readonly BaselinePoint[];
}

/**
 * Measures figure 1 of the paper and its sparsity study: the cosine between IMLE's finite differences and the Gibbs
 * gradient, and the share of exact zeros, over lambda. Figure 1 uses (50,1), S = 1,000, 128 seeds, and 100,000
 * samples for the methods without lambda.
 *
 * @example
 * ```ts
 * import { kSubset, lambdaCurve } from '@aimle/gradient-study';
 * import { key } from '@aimle/random';
 *
 * const { points } = lambdaCurve({
 *   structure: kSubset(50, 1), lambdas: [0.3], seeds: 4, samples: 1000, baselineSamples: [], key: key(1),
 * });
 * points.every(({ cosine }) => cosine.mean > 0.9); // => true
 * ```
 * @see arXiv:2209.04862, figure 1.
 */
export function lambdaCurve(options: LambdaCurveOptions): LambdaCurve {
  const { structure, lambdas, seeds, samples, baselineSamples, key, onProgress } = options;
  const n = structure.size;
  const modes = ['forward', 'central'] as const;
  const found = lambdas.flatMap((lambda) =>
    modes.map((mode) => ({
      lambda,
      mode,
      cosines: [] as number[],
      ofSample: [] as number[],
      ofMean: [] as number[],
    })),
  );
  const baselines = baselineSamples.map((size) => ({
    size,
    straight: [] as number[],
    score: [] as number[],
  }));
  const differences = new Differences(structure.distribution, samples);
  for (let seed = 0; seed < seeds; seed++) {
    const problem = paperProblem(structure, seed);
    const truth = gibbsTruth(problem).gradient;
    const ofSeed = foldIn(key, seed);
    const draws = drawStates(problem, gumbel(), ofSeed, samples);
    found.forEach((point, at) => {
      if (at % modes.length === 0) differences.solve(draws, () => point.lambda);
      const rows = differences[point.mode];
      const mean = sumOfRows(rows, n);
      point.ofSample.push(shareOfZeros(rows));
      point.ofMean.push(shareOfZeros(mean));
      point.cosines.push(cosine(mean, truth));
    });
    for (const { size, straight, score } of baselines) {
      const own = foldIn(ofSeed, size);
      straight.push(cosine(straightThroughOf(problem, foldIn(own, 'straight-through'), size), truth));
      score.push(cosine(gibbsScoreMean(problem, foldIn(own, 'score'), size), truth));
    }
    onProgress?.((seed + 1) / seeds);
  }
  return {
    points: found.map(({ lambda, mode, cosines, ofSample, ofMean }) => ({
      lambda,
      mode,
      cosine: meanOf(cosines),
      zerosOfSample: meanOf(ofSample),
      zerosOfMean: meanOf(ofMean),
    })),
    straightThrough: baselines.map(({ size, straight }) => ({ samples: size, cosine: meanOf(straight) })),
    scoreFunction: baselines.map(({ size, score }) => ({ samples: size, cosine: meanOf(score) })),
  };
}
