import { wordsOf } from '@aimle/datasets';
import { element, identifier } from '../../controls/element.js';
import { readout } from '../../controls/readout.js';
import { oneAtATime } from '../../live/oneAtATime.js';
import { markedText } from './markedText.js';
import type { Explained } from './model.js';

const BEGINNING =
  'I bought this at the shop. The aroma is toasty and floral, the body syrupy, but the taste is burnt and sour, with a bitter ' +
  'finish. The crema looks glossy.';

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
  return { element: element('div', { className: 'explain-own' }, ...parts), refresh };
}

function sentence({ words, chosen, unknown, rating }: Explained): string {
  const best = words.filter((_, i) => chosen[i]);
  const parts = [
    rating === null
      ? 'Too few known words for a rating.'
      : `Predicted rating ${(100 * rating).toFixed(0)} of 100, from: ${best.join(', ')}.`,
  ];
  if (unknown.length > 0) parts.push(`Not known, and so never chosen: ${unknown.join(', ')}.`);
  return parts.join(' ');
}
