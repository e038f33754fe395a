import type { MarkedText } from './data/loadSplits.js';
import type { Prediction } from './predict.js';

export function rightWords(
  { chosen }: Pick<Prediction, 'chosen'>,
  { marks }: Pick<MarkedText, 'marks'>,
): number {
  return chosen.filter((at) => marks[at] === 1).length;
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
  predictions: readonly Pick<Prediction, 'chosen'>[],
  k: number,
): { micro: number; macro: number; chance: number } {
  let right = 0;
  let due = 0;
  let macro = 0;
  let lucky = 0;
  let luckyDue = 0;
  texts.forEach((text, i) => {
    const { ids, marks } = text;
    const max = Math.min(k, ids.length);
    const found = rightWords(predictions[i]!, text);
    const weight = Math.max(predictions[i]!.chosen.length, max);
    right += found;
    due += weight;
    macro += found / weight;
    lucky += (max * marks.reduce((sum, mark) => sum + mark, 0)) / marks.length;
    luckyDue += max;
  });
  return { micro: right / due, macro: macro / texts.length, chance: lucky / luckyDue };
}
