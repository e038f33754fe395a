import type { Figure } from '@aimle/training';
import type { MarkedText } from './data/loadSplits.js';
import { rightWords } from './precision.js';
import type { Prediction } from './predict.js';
import type { LearningToExplainConfig } from './settings.js';

const EACH = 3;

/** Shows the chosen and the marked words: the texts on which they agree most, and those on which they agree least. */
export function figuresOf(
  marked: readonly MarkedText[],
  predictions: readonly Prediction[],
  { k }: Pick<LearningToExplainConfig, 'k'>,
): Figure[] {
  const agreed = marked.map((text, i) => {
    const { chosen, rating } = predictions[i]!;
    return { text, chosen: new Set(chosen), rating, right: rightWords(predictions[i]!, text) };
  });
  // Texts with fewer than k marked words are left out: no choice could agree with them.
  const comparable = agreed.filter(({ text }) => text.marks.reduce((sum, mark) => sum + mark, 0) >= k);
  const order = comparable.toSorted((a, b) => b.right - a.right);
  const half = Math.min(EACH, Math.floor(order.length / 2));
  const figure = (name: string, title: string, chosen: typeof order): Figure => ({
    name,
    title,
    caption:
      'Highlighted: words that the model chose. Underlined: words that a person, or the generator, marked.',
    kind: 'texts',
    texts: chosen.map(({ text, chosen, rating, right }) => ({
      note: `rated ${text.rating.toFixed(2)}, predicted ${rating.toFixed(2)}; ${right} of ${chosen.size} chosen words are marked`,
      words: text.tokens.map((word, at) => ({
        word,
        ...(chosen.has(at) && { chosen: true }),
        ...(text.marks[at] === 1 && { marked: true }),
      })),
    })),
  });
  if (half === 0) return [];
  return [
    figure('agreement', 'Where the model looked as people do', order.slice(0, half)),
    figure('disagreement', 'Where it looked elsewhere', order.slice(-half)),
  ];
}
