import { choice } from '../../controls/choice.js';
import { element } from '../../controls/element.js';
import { panel, removal, toolbar } from '../../controls/layout.js';
import { readout } from '../../controls/readout.js';
import { slider } from '../../controls/slider.js';
import { curve, shareAxis } from '../../live/curve.js';
import { history } from '../../live/history.js';
import { liveTraining } from '../../live/liveTraining.js';
import { markedText } from './markedText.js';
import type { Explained, ExplainedReview, ExplainOptions, ExplainReport } from './model.js';
import { ownText } from './ownText.js';
import { ASPECTS } from './reviews.js';
import './explain.css';

/** Learning to explain: words light up while a model learns which of them carry the rating. */
export default function mount(parent: HTMLElement): () => void {
  const root = panel(parent);
  const precisions = history();
  let aspect = ASPECTS.indexOf('taste');
  let k = 6;
  let chance: number | null = null;
  const numbers = readout();
  const live = liveTraining<ExplainOptions, ExplainReport, readonly string[], Explained>({
    root,
    worker: new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    numbers,
    options: () => ({ seed: 1, aspect, k }),
    onStart: () => precisions.clear(),
    onReport(report, steps) {
      precisions.add(steps, report.precision);
      chance = report.chance;
      report.reviews.forEach((review, i) => {
        cards[i] ??= card(reviews);
        cards[i](review);
      });
      own.refresh();
      precision.invalidate();
    },
    sentence({ error, precision, chance }) {
      const right = `${(100 * precision).toFixed(0)}% of the ${k} best words of 60 held-out reviews carry the rating`;
      const known =
        error === null
          ? ''
          : ` Root mean squared error of the rating: ${(100 * Math.sqrt(error)).toFixed(1)} of 100.`;
      return `${right}; by chance ${(100 * chance).toFixed(0)}%.${known}`;
    },
  });

  const reviews = element('div', { className: 'explain-reviews' });
  const cards: ReturnType<typeof card>[] = [];
  const own = ownText(live.ask);
  let later: ReturnType<typeof setTimeout> | undefined;
  const precision = curve({
    description: 'Precision of the chosen words against steps',
    y: shareAxis('Precision of the chosen words'),
    lines: [{ label: 'precision', history: precisions }],
    level: () => (chance === null ? null : { value: chance, label: 'chance' }),
  });
  root.append(
    toolbar(
      choice({
        label: 'Rating to predict and explain',
        options: Object.fromEntries(ASPECTS.entries()),
        value: String(aspect),
        onChange(next) {
          aspect = Number(next);
          live.restart();
        },
      }),
      slider({
        label: 'k, words to choose',
        min: 1,
        max: 11,
        step: 1,
        value: k,
        onInput(next) {
          k = next;
          // Another k needs another model, which starts when the slider stops.
          clearTimeout(later);
          later = setTimeout(live.restart, 250);
        },
      }).element,
    ),
    toolbar(...live.controls),
    numbers.element,
    precision.element,
    reviews,
    own.element,
  );
  return removal(root, () => clearTimeout(later), live.dispose, precision.dispose);
}

/** Adds a card for a held-out review: its rating, and what is predicted from the words that are chosen. */
function card(parent: HTMLElement): (review: ExplainedReview) => void {
  const heading = element('figcaption');
  const text = markedText();
  parent.append(element('figure', { className: 'explain-card' }, heading, text.element));
  return (review) => {
    const { rating, trueRating, chosen, marks } = review;
    const right = chosen.filter((taken, i) => taken && marks[i]).length;
    const predicted = rating === null ? 'none' : (100 * rating).toFixed(0);
    heading.textContent =
      `rated ${(100 * trueRating).toFixed(0)}, predicted ${predicted}; ` +
      `${right} of ${chosen.filter(Boolean).length} chosen words are right`;
    text.show(review, marks);
  };
}
