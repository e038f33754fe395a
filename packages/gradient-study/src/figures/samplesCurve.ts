import { fixed, noiseScaled, paperAdaptive } from '@aimle/estimators';
import { foldIn, gumbel, type Key } from '@aimle/random';
import { paperProblem } from '../problem.js';
import { type Exercise, estimatesOf } from '../regret/cosines.js';
import { policyRule } from '../rules/policyRule.js';
import type { Mode, Rule } from '../rules/rule.js';
import { cosine } from '../sampling/cosine.js';
import { drawStates } from '../sampling/draws.js';
import type { Structure } from '../structure/structure.js';
import { gibbsTruth } from '../truth/gibbs.js';
import { gibbsScoreMean } from './baselines.js';
import { type Mean, meanOf } from './mean.js';

/** What {@link samplesCurve} measures. */
export interface SamplesCurveOptions {
  readonly structure: Structure;
  readonly seeds: number;
  /** The values of S. */
  readonly samples: readonly number[];
  readonly key: Key;
  /** Told after every value of S which share of all samples is done. */
  readonly onProgress?: (share: number) => void;
}

/** One method at one S: its cosine with the Gibbs gradient, over seeds. */
export interface SamplesPoint {
  readonly method: string;
  /** Which finite difference; null for methods that take none. */
  readonly difference: Mode | null;
  readonly samples: number;
  readonly cosine: Mean;
  /** Standard deviation of the cosine of one estimate on one problem, whichever problem it is. */
  readonly deviation: number;
}

/** Estimates are repeated on a problem until they are made of this many samples, so that small S are not all noise. */
const ROWS = 200;

/**
 * Similarity against the number of samples, the paper's study, for AIMLE as its official protocol runs it (100 backward
 * passes of warm-up, not counted in S, after which alpha is 0.101 whatever the problem), IMLE at lambda = 1, AIMLE with
 * this project's rule, straight-through, and the score function with exact Gibbs samples.
 *
 * @example
 * ```ts
 * import { kSubset, samplesCurve } from '@aimle/gradient-study';
 * import { key } from '@aimle/random';
 *
 * const points = samplesCurve({ structure: kSubset(5, 2), seeds: 2, samples: [10], key: key(1) });
 * points[0]!.method; // => 'AIMLE, official'
 * ```
 * @see arXiv:2209.04862, section 5.1; `cli/gradient-samples-cli.py` of the official code.
 */
export function samplesCurve(options: SamplesCurveOptions): SamplesPoint[] {
  const { structure, seeds, samples, key, onProgress } = options;
  const finite: readonly (readonly [string, Rule])[] = [
    // Where 100 steps of 0.001 from 0 lead, and one more before alpha is read: the same for every problem.
    ['AIMLE, official', policyRule('AIMLE, official', paperAdaptive({ initialAlpha: 0.101, step: 1e-9 }))],
    ['IMLE, lambda = 1', policyRule('IMLE', fixed(1))],
    ['AIMLE, our default', policyRule('AIMLE, our default', noiseScaled())],
  ];
  const exercises = Array.from({ length: seeds }, (_, seed): Exercise => {
    const problem = paperProblem(structure, seed);
    return { problem, truths: [gibbsTruth(problem).gradient] };
  });
  const n = structure.size;
  const all = samples.reduce((sum, size) => sum + rowsOf(size), 0);
  let done = 0;
  return samples.flatMap((size) => {
    const rows = rowsOf(size);
    const drawn = exercises.map(({ problem }, seed) =>
      drawStates(problem, gumbel(), foldIn(foldIn(key, seed), size), rows),
    );
    const groups = rows / size;
    const point = (
      method: string,
      difference: Mode | null,
      estimates: (exercise: Exercise, seed: number) => (group: number) => ArrayLike<number>,
    ): SamplesPoint => {
      const found = exercises.map((exercise, seed) => {
        const estimate = estimates(exercise, seed);
        return Array.from({ length: groups }, (_, group) => cosine(estimate(group), exercise.truths[0]!));
      });
      const every = found.flat();
      const cosines = meanOf(found.map((ofSeed) => meanOf(ofSeed).mean));
      return {
        method,
        difference,
        samples: size,
        cosine: cosines,
        deviation: meanOf(every).error * Math.sqrt(every.length),
      };
    };
    const differences = finite.flatMap(([name, rule]) =>
      (['forward', 'central'] as const).map((mode: Mode) =>
        point(name, mode, ({ problem }, seed) => {
          const step = rule.begin({ problem, noise: gumbel(), samples: size, mode });
          const all = estimatesOf(step, problem.theta, drawn[seed]!, size, 0);
          return (group) => sumOfGroup(all, group, size, n);
        }),
      ),
    );
    const straight = point(
      'straight-through',
      null,
      (_, seed) => (group) => sumOfGroup(drawn[seed]!.g, group, size, n),
    );
    const score = point(
      'score function',
      null,
      ({ problem }, seed) =>
        (group) =>
          gibbsScoreMean(problem, foldIn(foldIn(foldIn(foldIn(key, 'score'), seed), size), group), size),
    );
    done += rows;
    onProgress?.(done / all);
    return [...differences, straight, score];
  });
}

const rowsOf = (size: number): number => Math.ceil(ROWS / size) * size;

function sumOfGroup(rows: Float32Array, group: number, size: number, n: number): Float64Array {
  const sum = new Float64Array(n);
  for (let at = group * size * n; at < (group + 1) * size * n; at++) sum[at % n]! += rows[at]!;
  return sum;
}
