import { wordsOf } from '@aimle/datasets';
import { identifier } from '../../controls/identifier.js';
import { readout } from '../../controls/readout.js';
import { markedText } from './markedText.js';
import type { Explained } from './model.js';

export interface OwnText {
  readonly element: HTMLElement;
  /** Asks the model again, after more training or a restart. */
  refresh(): void;
  dispose(): void;
}

const BEGINNING =
  'I bought this at the shop. The aroma is toasty and floral, the body syrupy, but the taste is burnt and sour, with a bitter ' +
  'finish. The crema looks glossy.';

/** The reader's own text, and the current model's output for it. */
export function ownText(explain: (words: readonly string[]) => Promise<Explained>): OwnText {
  const element = document.createElement('div');
  element.className = 'explain-own';
  const name = document.createElement('label');
  name.textContent = 'Your own text';
  const input = document.createElement('textarea');
  input.rows = 3;
  input.id = identifier('text');
  input.value = BEGINNING;
  input.spellcheck = false;
  name.htmlFor = input.id;
  const shown = markedText();
  const numbers = readout();
  element.append(name, input, shown.element, numbers.element);
  let busy = false;
  let again = false;

  /** At most one request at a time. */
  async function refresh(): Promise<void> {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      const explained = await explain(wordsOf(input.value));
      shown.show(explained);
      numbers.show(sentence(explained));
    }
    busy = false;
  }
  input.addEventListener('input', () => void refresh());
  return { element, refresh: () => void refresh(), dispose: numbers.dispose };
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
