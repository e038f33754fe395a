import { foldIn, gumbel, type Key, type Noise } from '@aimle/random';
import type { Problem } from '../problem.js';
import type { DifferenceMode, StudyRule } from '../rules/rule.js';
import { Differences } from '../sampling/difference.js';
import { type Draws, drawStates, groupOf } from '../sampling/draws.js';
import { meanCosine } from '../sampling/statistics.js';

/**
 * Lists 40 perturbation sizes from 0.001 to 100, evenly spaced in the logarithm: each is 34 % larger than the one
 * before.
 *
 * @example
 * ```ts
 * import { lambdaGrid } from '@aimle/gradient-study';
 *
 * lambdaGrid.length; // => 40
 * ```
 */
export const lambdaGrid: readonly number[] = Array.from({ length: 40 }, (_, i) => 10 ** (-3 + (5 * i) / 39));

export interface Exercise {
  readonly problem: Problem;
  /** The same number of truths for every problem of a measurement. */
  readonly truths: readonly Float64Array[];
}

/** How estimates are taken and averaged. */
export interface CosineMeasurement {
  /** Default `gumbel()`. */
  readonly noise?: Noise;
  /** Samples drawn for each problem, which make rows / S estimates. */
  readonly rows: number;
  /** The values of S: how many samples an estimate averages. */
  readonly samples: readonly number[];
  readonly modes: readonly DifferenceMode[];
  readonly key: Key;
}

export interface Cosines {
  /** The index of the truth. */
  readonly truth: number;
  readonly mode: DifferenceMode;
  readonly samples: number;
  /** Indexed by [problem][lambda of the grid]. */
  readonly fixed: readonly Float64Array[];
  /** Indexed by [rule][problem]. */
  readonly rules: readonly Float64Array[];
}

/** Measures the cosines of every lambda of the grid and of every rule, on the same samples of each problem. */
export function measureCosines(
  exercises: readonly Exercise[],
  rules: readonly StudyRule[],
  { noise = gumbel(), rows, samples, modes, key }: CosineMeasurement,
): Cosines[] {
  const cells = modes.flatMap((mode) =>
    samples.map((size) =>
      (exercises[0]?.truths ?? []).map((_, truth) => ({
        truth,
        mode,
        samples: size,
        fixed: exercises.map(() => new Float64Array(lambdaGrid.length)),
        rules: rules.map(() => new Float64Array(exercises.length)),
      })),
    ),
  );
  exercises.forEach(({ problem, truths }, seed) => {
    const draws = drawStates(problem, noise, foldIn(key, seed), rows);
    const differences = new Differences(problem.structure.distribution, rows);
    lambdaGrid.forEach((lambda, at) => {
      differences.solve(draws, () => lambda);
      for (const { truth, mode, samples, fixed } of cells.flat()) {
        fixed[seed]![at] = meanCosine(differences[mode], rows, samples, truths[truth]!);
      }
    });
    for (const ofTruths of cells) {
      const { samples, mode } = ofTruths[0]!;
      rules.forEach((rule, at) => {
        const step = rule.begin({ problem, noise, samples, mode });
        const estimates = estimatesOf(step, problem.theta, draws, samples, rule.warmUp);
        for (const cell of ofTruths) {
          cell.rules[at]![seed] = meanCosine(estimates, rows, samples, truths[cell.truth]!);
        }
      });
    }
  });
  return cells.flat();
}

/** The estimates of all rows, group by group. Warm-up passes cycle through the same groups. */
function estimatesOf(
  step: (theta: Float64Array, samples: Draws) => Float32Array,
  theta: Float64Array,
  draws: Draws,
  samples: number,
  warmUp: number,
): Float32Array {
  const n = theta.length;
  const groups = Math.floor(draws.rows / samples);
  const estimates = new Float32Array(groups * samples * n);
  for (let pass = -warmUp; pass < groups; pass++) {
    const found = step(theta, groupOf(draws, ((pass % groups) + groups) % groups, samples));
    if (pass >= 0) estimates.set(found, pass * samples * n);
  }
  return estimates;
}
