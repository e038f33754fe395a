import { foldIn, gumbel, type Key } from '@aimle/random';
import { paperProblem } from '../problem.js';
import type { Mode } from '../rules/rule.js';
import { cosine } from '../sampling/cosine.js';
import { Differences } from '../sampling/difference.js';
import { drawStates } from '../sampling/draws.js';
import type { Structure } from '../structure/structure.js';
import { gibbsTruth } from '../truth/gibbs.js';
import { gibbsScoreMean, straightThroughMean } from './baselines.js';
import { type Mean, meanOf } from './mean.js';

/** What {@link lambdaCurve} measures. */
export interface LambdaCurveOptions {
  readonly structure: Structure;
  readonly lambdas: readonly number[];
  /** Problems 0 to seeds - 1. */
  readonly seeds: number;
  /** S of the finite differences. */
  readonly samples: number;
  /** S of straight-through and of the score function; 0 leaves them out. */
  readonly baselineSamples: number;
  readonly key: Key;
}

/** One lambda, forward or central. */
export interface LambdaPoint {
  readonly lambda: number;
  readonly mode: Mode;
  /** Cosine with the Gibbs gradient, over seeds. */
  readonly cosine: Mean;
  /** Share of coordinates that are exactly zero in a single sample's difference. */
  readonly zerosOfSample: number;
  /** The same in the mean of all samples. */
  readonly zerosOfMean: number;
}

/** Similarity and sparsity over lambda, and what needs no lambda. */
export interface LambdaCurve {
  readonly points: readonly LambdaPoint[];
  readonly straightThrough: Mean | null;
  readonly scoreFunction: Mean | null;
}

/**
 * Figure 1 of the paper, and its sparsity study: the cosine between IMLE's finite differences and the Gibbs gradient, and
 * the share of exact zeros, over lambda. Figure 1 is (50,1), S = 1,000, 128 seeds, with 100,000 samples for the others.
 *
 * @example
 * ```ts
 * import { kSubset, lambdaCurve } from '@aimle/gradient-study';
 * import { key } from '@aimle/random';
 *
 * const { points } = lambdaCurve({
 *   structure: kSubset(50, 1), lambdas: [0.3], seeds: 4, samples: 1000, baselineSamples: 0, key: key(1),
 * });
 * points.every(({ cosine }) => cosine.mean > 0.9); // => true
 * ```
 * @see arXiv:2209.04862, figure 1.
 */
export function lambdaCurve(options: LambdaCurveOptions): LambdaCurve {
  const { structure, lambdas, seeds, samples, baselineSamples, key } = options;
  const n = structure.size;
  const modes = ['forward', 'central'] as const;
  const tallies = lambdas.flatMap((lambda) =>
    modes.map((mode) => ({ lambda, mode, cosines: [] as number[], ofSample: 0, ofMean: 0 })),
  );
  const straightThrough: number[] = [];
  const scoreFunction: number[] = [];
  const differences = new Differences(structure.solver, samples);
  for (let seed = 0; seed < seeds; seed++) {
    const problem = paperProblem(structure, seed);
    const truth = gibbsTruth(problem).gradient;
    const ofSeed = foldIn(key, seed);
    const draws = drawStates(problem, gumbel(), ofSeed, samples);
    tallies.forEach((tally, at) => {
      if (at % 2 === 0) differences.solve(draws, () => tally.lambda);
      const found = differences[tally.mode];
      const mean = new Float64Array(n);
      for (let i = 0; i < found.length; i++) {
        mean[i % n]! += found[i]!;
        if (found[i] === 0) tally.ofSample += 1 / (found.length * seeds);
      }
      for (const value of mean) if (value === 0) tally.ofMean += 1 / (n * seeds);
      tally.cosines.push(cosine(mean, truth));
    });
    if (baselineSamples > 0) {
      const states = drawStates(problem, gumbel(), foldIn(ofSeed, 'straight-through'), baselineSamples);
      straightThrough.push(cosine(straightThroughMean(states, 0, baselineSamples, n), truth));
      scoreFunction.push(cosine(gibbsScoreMean(problem, foldIn(ofSeed, 'score'), baselineSamples), truth));
    }
  }
  return {
    points: tallies.map(({ lambda, mode, cosines, ofSample, ofMean }) => ({
      lambda,
      mode,
      cosine: meanOf(cosines),
      zerosOfSample: ofSample,
      zerosOfMean: ofMean,
    })),
    straightThrough: baselineSamples > 0 ? meanOf(straightThrough) : null,
    scoreFunction: baselineSamples > 0 ? meanOf(scoreFunction) : null,
  };
}
