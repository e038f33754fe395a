import type { MarkedText } from './data/splits.js';

/** How the chosen words of a text agree with its marks. */
export interface Agreement {
  /** Chosen words, padding not counted. */
  readonly chosen: number;
  /** Those of them that are marked. */
  readonly right: number;
}

/**
 * Subset precision over texts:
 *
 *   micro = sum right / sum max(chosen, k),   macro = mean (right / max(chosen, k))
 *   chance = the same micro for words chosen at random, as many as can be: sum k m / n / sum k, m marked of n words
 *
 * A text of fewer than k words counts with all of its words.
 */
export function subsetPrecision(
  texts: readonly MarkedText[],
  agreements: readonly Agreement[],
  k: number,
): { micro: number; macro: number; chance: number } {
  let right = 0;
  let due = 0;
  let macro = 0;
  let lucky = 0;
  let luckyDue = 0;
  texts.forEach(({ ids, marks }, i) => {
    const agreement = agreements[i]!;
    const most = Math.min(k, ids.length);
    const weight = Math.max(agreement.chosen, most);
    right += agreement.right;
    due += weight;
    macro += agreement.right / weight;
    lucky += (most * marks.reduce((sum, mark) => sum + mark, 0)) / marks.length;
    luckyDue += most;
  });
  return { micro: right / due, macro: macro / texts.length, chance: lucky / luckyDue };
}
