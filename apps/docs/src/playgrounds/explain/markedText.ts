import { element } from '../../controls/element.js';
import type { Explained } from './model.js';

export interface MarkedText {
  readonly element: HTMLElement;
  /** Lights the words up. `marks` are the words that carry the rating. */
  show(explained: Explained, marks?: readonly boolean[]): void;
}

/** A text whose words are lit as often as they are chosen. */
export function markedText(): MarkedText {
  const paragraph = element('p', { className: 'explain-text' });
  let spans: HTMLElement[] = [];
  let text = '';
  return {
    element: paragraph,
    show({ words, marginals, chosen, unknown }, marks = []) {
      const next = words.join(' ');
      if (next !== text) {
        text = next;
        spans = words.map((word) => element('span', {}, word));
        paragraph.replaceChildren(...spans.flatMap((span) => [span, ' ']));
      }
      const strange = new Set(unknown);
      spans.forEach((span, i) => {
        span.style.setProperty('--explain-lit', marginals[i]!.toFixed(2));
        span.classList.toggle('explain-chosen', chosen[i]!);
        span.classList.toggle('explain-true', marks[i] ?? false);
        span.classList.toggle('explain-unknown', strange.has(words[i]!));
      });
    },
  };
}
