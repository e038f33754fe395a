import { foldIn, gumbel } from '@aimle/random';
import type { Problem, Variant } from '../problem.js';
import type { DifferenceMode, StudyRule } from '../rules/rule.js';
import type { StudyStructure } from '../structure/structure.js';
import { conditionalGradient, gumbelDensity } from '../truth/conditional.js';
import { gibbsTruth } from '../truth/gibbs.js';
import { perturbAndMapGradient } from '../truth/perturbAndMap.js';
import { type CosineMeasurement, type Cosines, lambdaGrid, measureCosines } from './cosines.js';

/** How much a rule loses to the best fixed lambda of the grid, which one only knows afterwards. */
export interface Regret {
  readonly name: string;
  readonly cosine: number;
  /** 1 - mean cosine of the rule / mean cosine of the best fixed lambda. Below 0 where the rule is better. */
  readonly regret: number;
  /** Standard error over the problems, which are the same for both. */
  readonly error: number;
}

/** What estimates are held against: the gradient of the distribution that is sampled, or of the Gibbs one. */
export type StudyTruth = 'perturb-and-map' | 'gibbs';

/** One cell of the table: what the best fixed lambda reaches, and what each rule loses to it. */
export interface RegretCell {
  readonly truth: StudyTruth;
  readonly mode: DifferenceMode;
  readonly samples: number;
  /** The best fixed lambda, one for all seeds, and its mean cosine. */
  readonly lambda: number;
  readonly cosine: number;
  readonly rules: readonly Regret[];
}

/** What {@link measureRegret} measures. */
export interface RegretOptions extends Omit<CosineMeasurement, 'noise'> {
  readonly structure: StudyStructure;
  readonly variant: Variant;
  readonly rules: readonly StudyRule[];
  /** How many problems, and the seed of the first, which is 0 by default. */
  readonly seeds: number;
  readonly firstSeed?: number;
  /** A cell for each; default `perturb-and-map` alone. */
  readonly truths?: readonly StudyTruth[];
}

/** Samples of the conditional truth, where there is no exact one. */
const TRUTH_SAMPLES = 8000;

/**
 * The regret of every rule on one structure and one kind of problem, a cell for each mode, S and truth. Truths: the exact
 * perturb-and-MAP gradient where the loss is linear on the states, otherwise {@link conditionalGradient} with 8,000
 * samples; or the Gibbs gradient.
 *
 * Cost: (80 + 2 a rule) solves a row and seed.
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
      truth === 'gibbs' ? gibbsTruth(problem).gradient : sampledTruth(problem, seed);
    return { problem, truths: truths.map(truthOf) };
  });
  const cells = measureCosines(exercises, rules, options);
  return cells.map((cell) => ({ truth: truths[cell.truth]!, ...regretsOf(cell, rules) }));

  function sampledTruth(problem: Problem, seed: number): Float64Array {
    if (problem.loss.linear) return perturbAndMapGradient(problem);
    const noise = { noise: gumbel(), density: gumbelDensity };
    return conditionalGradient(problem, noise, foldIn(foldIn(key, 'truth'), seed), TRUTH_SAMPLES).gradient;
  }
}

/** The best fixed lambda for all problems together, and what each rule loses to it. */
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

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
