import type { MarkedText } from './data/loadSplits.js';

/** Agreement of the chosen words of a text with its marked words. */
export interface Agreement {
  /** Chosen words, padding not counted. */
  readonly chosen: number;
  /** Chosen words that are marked. */
  readonly right: number;
}

/**
 * Computes the subset precision over texts:
 *
 *   micro = sum right / sum max(chosen, k),   macro = mean (right / max(chosen, k))
 *   chance = micro for k words chosen at random: sum (k m / n) / sum k, with m of n words marked
 *
 * For a text of fewer than k words, k is its number of words.
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
    const max = Math.min(k, ids.length);
    const weight = Math.max(agreement.chosen, max);
    right += agreement.right;
    due += weight;
    macro += agreement.right / weight;
    lucky += (max * marks.reduce((sum, mark) => sum + mark, 0)) / marks.length;
    luckyDue += max;
  });
  return { micro: right / due, macro: macro / texts.length, chance: lucky / luckyDue };
}
