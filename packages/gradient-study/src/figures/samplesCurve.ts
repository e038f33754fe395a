import { fixedLambda, noiseScaled, paperAdaptive } from '@aimle/estimators';
import { foldIn, gumbel, type Key } from '@aimle/random';
import { type Problem, paperProblem } from '../problem.js';
import { policyRule } from '../rules/policyRule.js';
import type { DifferenceMode, StudyRule } from '../rules/rule.js';
import { drawStates, groupOf } from '../sampling/draws.js';
import { cosine, type MeanWithError, meanOf, sumOfRows } from '../sampling/statistics.js';
import type { StudyStructure } from '../structure/structures.js';
import { gibbsTruth } from '../truth/gibbs.js';
import { gibbsScoreMean } from './baselines.js';

/** What {@link samplesCurve} measures. */
export interface SamplesCurveOptions {
  readonly structure: StudyStructure;
  readonly seeds: number;
  /** The values of S. */
  readonly samples: readonly number[];
  readonly key: Key;
  /** Called after every value of S with the share of all samples that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** The result of one method at one S: its cosine with the Gibbs gradient, over seeds. */
export interface SamplesPoint {
  readonly method: string;
  /** The finite difference; null for methods without one. */
  readonly difference: DifferenceMode | null;
  readonly samples: number;
  readonly cosine: MeanWithError;
  /** Standard deviation of the cosine of a single estimate, over estimates and problems. */
  readonly deviation: number;
}

interface Exercise {
  readonly problem: Problem;
  readonly truth: Float64Array;
}

/** Samples used on each problem: small S average several estimates, to reduce noise. */
const ROWS = 200;

/**
 * Measures similarity over the number of samples, as the paper's study does, for AIMLE by its official protocol (100
 * backward warm-up passes, not counted in S, after which alpha is 0.101 on every problem), IMLE at lambda = 1, AIMLE
 * with this project's default, straight-through, and the score function with exact Gibbs samples.
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
  const finite: readonly (readonly [string, StudyRule])[] = [
    // Alpha after 100 steps of 0.001 from 0, and one more before it is read: the same for every problem.
    ['AIMLE, official', policyRule('AIMLE, official', paperAdaptive({ initialAlpha: 0.101, step: 1e-9 }))],
    ['IMLE, lambda = 1', policyRule('IMLE', fixedLambda(1))],
    ['AIMLE, our default', policyRule('AIMLE, our default', noiseScaled())],
  ];
  const exercises = Array.from({ length: seeds }, (_, seed): Exercise => {
    const problem = paperProblem(structure, seed);
    return { problem, truth: gibbsTruth(problem).gradient };
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
      difference: DifferenceMode | null,
      estimates: (exercise: Exercise, seed: number) => (group: number) => ArrayLike<number>,
    ): SamplesPoint => {
      const found = exercises.map((exercise, seed) => {
        const estimate = estimates(exercise, seed);
        return Array.from({ length: groups }, (_, group) => cosine(estimate(group), exercise.truth));
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
      (['forward', 'central'] as const).map((mode: DifferenceMode) =>
        point(name, mode, ({ problem }, seed) => (group) => {
          // Restarted for each estimate: a rule that learns must not have seen the problem before.
          const step = rule.begin({ problem, noise: gumbel(), samples: size, mode });
          return sumOfRows(step(problem.theta, groupOf(drawn[seed]!, group, size)), n);
        }),
      ),
    );
    const straight = point(
      'straight-through',
      null,
      (_, seed) => (group) => sumOfRows(groupOf(drawn[seed]!, group, size).g, n),
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
