import { foldIn } from '@aimle/random';
import type { Variant } from '../problem.js';
import type { DifferenceMode, StudyRule } from '../rules/rule.js';
import { meanOf } from '../sampling/statistics.js';
import type { StudyStructure } from '../structure/structures.js';
import { gibbsTruth } from '../truth/gibbs.js';
import { perturbAndMapTruth } from '../truth/perturbAndMap.js';
import { type CosineMeasurement, type Cosines, lambdaGrid, measureCosines } from './cosines.js';

/** How much a rule loses to the best fixed lambda of the grid, which is only known afterwards. */
export interface Regret {
  readonly name: string;
  readonly cosine: number;
  /** 1 - mean cosine of the rule / mean cosine of the best fixed lambda. Below 0 where the rule is better. */
  readonly regret: number;
  /** Standard error over the problems, which the rule and the fixed lambda share. */
  readonly error: number;
}

/** The distribution whose gradient estimates are compared with: the one that is sampled, or the Gibbs distribution. */
export type StudyTruth = 'perturb-and-map' | 'gibbs';

/** One cell of the table: the cosine of the best fixed lambda, and what each rule loses to it. */
export interface RegretCell {
  readonly truth: StudyTruth;
  readonly mode: DifferenceMode;
  readonly samples: number;
  /** The best fixed lambda, the same for all seeds. */
  readonly lambda: number;
  readonly cosine: number;
  readonly rules: readonly Regret[];
}

/** What {@link measureRegret} measures. */
export interface RegretOptions extends Omit<CosineMeasurement, 'noise'> {
  readonly structure: StudyStructure;
  readonly variant: Variant;
  readonly rules: readonly StudyRule[];
  /** The number of problems. */
  readonly seeds: number;
  /** The seed of the first problem; default 0. */
  readonly firstSeed?: number;
  /** The truths, one cell for each; default `['perturb-and-map']`. */
  readonly truths?: readonly StudyTruth[];
}

/** Samples of the conditional truth where no exact one is known. */
const TRUTH_SAMPLES = 8000;

/**
 * Measures the regret of every rule on one structure and variant, with a cell for each mode, S and truth. The truth
 * `perturb-and-map` is exact where the loss is linear on the states, otherwise {@link conditionalGradient} with 8,000
 * samples; `gibbs` is exact.
 *
 * **Cost**: for each row and seed, 80 solves and 2 more for each rule.
 *
 * @example
 * ```ts
 * import { noiseScaled } from '@aimle/estimators';
 * import { kSubset, measureRegret, policyRule, variants } from '@aimle/gradient-study';
 * import { key } from '@aimle/random';
 *
 * const [cell] = measureRegret({
 *   structure: kSubset(5, 2),
 *   variant: variants['base']!,
 *   rules: [policyRule('ours', noiseScaled())],
 *   seeds: 4,
 *   rows: 200,
 *   samples: [100],
 *   modes: ['central'],
 *   key: key(0),
 * });
 * cell!.cosine > 0.9; // => true
 * ```
 */
export function measureRegret(options: RegretOptions): RegretCell[] {
  const { structure, variant, rules, seeds, firstSeed = 0, truths = ['perturb-and-map'], key } = options;
  const exercises = Array.from({ length: seeds }, (_, i) => {
    const seed = firstSeed + i;
    const problem = variant.draw(structure, seed);
    const truthOf = (truth: StudyTruth) =>
      truth === 'gibbs'
        ? gibbsTruth(problem).gradient
        : perturbAndMapTruth(problem, foldIn(foldIn(key, 'truth'), seed), TRUTH_SAMPLES);
    return { problem, truths: truths.map(truthOf) };
  });
  const cells = measureCosines(exercises, rules, options);
  return cells.map((cell) => ({ truth: truths[cell.truth]!, ...regretsOf(cell, rules) }));
}

/** Finds the best fixed lambda for all problems together, and what each rule loses to it. */
export function regretsOf(
  { mode, samples, fixed, rules }: Omit<Cosines, 'truth'>,
  named: readonly { readonly name: string }[],
): Omit<RegretCell, 'truth'> {
  const means = lambdaGrid.map((_, at) => mean(fixed.map((cosines) => cosines[at]!)));
  const cosine = Math.max(...means);
  const best = means.indexOf(cosine);
  return {
    mode,
    samples,
    lambda: lambdaGrid[best]!,
    cosine,
    rules: rules.map((cosines, rule) => {
      const lost = fixed.map((ofSeed, seed) => (ofSeed[best]! - cosines[seed]!) / cosine);
      const regret = mean(lost);
      const variance = mean(lost.map((value) => (value - regret) ** 2));
      const error = Math.sqrt(variance / Math.max(1, lost.length - 1));
      return { name: named[rule]!.name, cosine: mean(cosines), regret, error };
    }),
  };
}

const mean = (values: ArrayLike<number>): number => meanOf(values).mean;
