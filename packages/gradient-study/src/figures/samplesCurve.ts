import { fixed, noiseScaled, paperAdaptive } from '@aimle/estimators';
import { foldIn, gumbel, type Key } from '@aimle/random';
import { paperProblem } from '../problem.js';
import { type Exercise, estimatesOf } from '../regret/cosines.js';
import { policyRule } from '../rules/policyRule.js';
import { realisedRule } from '../rules/realised.js';
import type { Mode, Rule } from '../rules/rule.js';
import { cosine, meanCosine } from '../sampling/cosine.js';
import { drawStates } from '../sampling/draws.js';
import type { Structure } from '../structure/structure.js';
import { gibbsTruth } from '../truth/gibbs.js';
import { gibbsScoreMean, straightThroughMean } from './baselines.js';
import { type Mean, meanOf } from './mean.js';

/** What {@link samplesCurve} measures. */
export interface SamplesCurveOptions {
  readonly structure: Structure;
  readonly seeds: number;
  /** The values of S. */
  readonly samples: readonly number[];
  readonly key: Key;
}

/** One method at one S: its cosine with the Gibbs gradient, over seeds. */
export interface SamplesPoint {
  readonly method: string;
  readonly samples: number;
  readonly cosine: Mean;
}

/** Estimates are repeated on a problem until they are made of this many samples, so that small S are not all noise. */
const ROWS = 200;

/**
 * Similarity against the number of samples, the paper's study, for AIMLE as its official protocol runs it (100 backward
 * passes of warm-up, not counted in S, after which alpha is 0.101 whatever the problem), IMLE at lambda = 1, this
 * project's rule, the realised loss, straight-through, and the score function with exact Gibbs samples.
 *
 * @example
 * ```ts
 * import { kSubset, samplesCurve } from '@aimle/gradient-study';
 * import { key } from '@aimle/random';
 *
 * const points = samplesCurve({ structure: kSubset(5, 2), seeds: 2, samples: [10], key: key(1) });
 * points[0]!.method; // => 'AIMLE official, forward'
 * ```
 * @see arXiv:2209.04862, section 5.1; `cli/gradient-samples-cli.py` of the official code.
 */
export function samplesCurve({ structure, seeds, samples, key }: SamplesCurveOptions): SamplesPoint[] {
  const finite: readonly (readonly [string, Rule])[] = [
    // Where 100 steps of 0.001 from 0 lead, and one more before alpha is read: the same for every problem.
    ['AIMLE official', policyRule('AIMLE official', paperAdaptive({ initialAlpha: 0.101, step: 1e-9 }))],
    ['IMLE, lambda 1', policyRule('IMLE', fixed(1))],
    ['noiseScaled', policyRule('noiseScaled', noiseScaled())],
    ['realised loss', realisedRule()],
  ];
  const exercises = Array.from({ length: seeds }, (_, seed): Exercise => {
    const problem = paperProblem(structure, seed);
    return { problem, truth: gibbsTruth(problem).gradient };
  });
  const n = structure.size;
  return samples.flatMap((size) => {
    const rows = Math.ceil(ROWS / size) * size;
    const drawn = exercises.map(({ problem }, seed) =>
      drawStates(problem, gumbel(), foldIn(foldIn(key, seed), size), rows),
    );
    const point = (method: string, of: (exercise: Exercise, seed: number) => number): SamplesPoint => ({
      method,
      samples: size,
      cosine: meanOf(exercises.map(of)),
    });
    const differences = finite.flatMap(([name, rule]) =>
      (['forward', 'central'] as const).map((mode: Mode) =>
        point(`${name}, ${mode}`, ({ problem, truth }, seed) => {
          const step = rule.begin({ problem, noise: gumbel(), samples: size, mode });
          return meanCosine(estimatesOf(step, problem.theta, drawn[seed]!, size, 0), rows, size, truth);
        }),
      ),
    );
    const straight = point('straight-through', ({ truth }, seed) =>
      meanOverGroups(rows / size, (group) =>
        cosine(straightThroughMean(drawn[seed]!, group * size, size, n), truth),
      ),
    );
    const score = point('score function', ({ problem, truth }, seed) =>
      meanOverGroups(rows / size, (group) => {
        const ofGroup = foldIn(foldIn(foldIn(key, 'score'), seed), group);
        return cosine(gibbsScoreMean(problem, ofGroup, size), truth);
      }),
    );
    return [...differences, straight, score];
  });
}

function meanOverGroups(groups: number, of: (group: number) => number): number {
  let sum = 0;
  for (let group = 0; group < groups; group++) sum += of(group);
  return sum / groups;
}
