import { wordsOf } from '@aimle/datasets';
import { element, identifier } from '../../controls/element.js';
import { readout } from '../../controls/readout.js';
import { oneAtATime } from '../../live/oneAtATime.js';
import { markedText } from './markedText.js';
import type { Explained } from './model.js';

const BEGINNING =
  'I loved this coffee. The aroma is toasty and floral, and the body great, but the taste was awful: burnt and sour, with a ' +
  'bitter finish.';

/** The reader's own text, and the current model's output for it. */
export function ownText(explain: (words: readonly string[]) => Promise<Explained>) {
  const shown = markedText();
  const numbers = readout();
  const refresh = oneAtATime(async () => {
    const explained = await explain(wordsOf(input.value));
    shown.show(explained);
    numbers.show(sentence(explained));
  });
  const id = identifier('text');
  const name = element('label', { htmlFor: id }, 'Your own text');
  const value = BEGINNING;
  const input = element('textarea', { id, rows: 3, value, spellcheck: false, oninput: refresh });
  const parts = [name, input, shown.element, numbers.element];
  return { element: element('div', { className: 'explain-own aimle-shared' }, ...parts), refresh };
}

function sentence({ words, chosen, unknown, rating, readAs }: Explained): string {
  const best = words.filter((_, i) => chosen[i]);
  const parts = [
    rating === null
      ? 'Too few known words for a rating.'
      : `Predicted rating ${(100 * rating).toFixed(0)} of 100, from: ${best.join(', ')}.`,
  ];
  const graded = readAs.filter(([, known]) => known !== 'the');
  if (graded.length > 0) {
    parts.push(
      `Read as words of the reviews: ${graded.map(([word, known]) => `${word} as ${known}`).join(', ')}.`,
    );
  }
  if (unknown.length > 0) parts.push(`Not known, and so never chosen: ${unknown.join(', ')}.`);
  return parts.join(' ');
}
