import { element } from '../../controls/element.js';
import type { Explained } from './model.js';

/** A text whose words are lit as often as they are chosen. */
export function markedText() {
  const paragraph = element('p', { className: 'explain-text' });
  let spans: HTMLElement[] = [];
  let text = '';
  return {
    element: paragraph,
    /** Lights the words up. `marks` are the words that carry the rating. */
    show({ words, marginals, chosen, unknown }: Explained, marks: readonly boolean[] = []) {
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
