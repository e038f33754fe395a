import { choice } from '../../controls/choice.js';
import { panel } from '../../controls/panel.js';
import { readout } from '../../controls/readout.js';
import { slider } from '../../controls/slider.js';
import { toolbar } from '../../controls/toolbar.js';
import { curve } from '../../live/curve.js';
import { history } from '../../live/history.js';
import { liveTraining } from '../../live/liveTraining.js';
import { type MarkedText, markedText } from './markedText.js';
import type { Explained, ExplainedReview, ExplainOptions, ExplainReport } from './model.js';
import { ownText } from './ownText.js';
import { ASPECTS } from './reviews.js';
import './explain.css';

/** Learning to explain: words light up while a model learns which of them carry the rating. */
export default function mount(parent: HTMLElement): () => void {
  const root = panel(parent);
  const precisions = history();
  let aspect: (typeof ASPECTS)[number] = 'taste';
  let k = 6;
  let chance: number | null = null;
  const numbers = readout();
  const live = liveTraining<ExplainOptions, ExplainReport, readonly string[], Explained>({
    root,
    worker: new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    numbers,
    options: () => ({ seed: 1, aspect: ASPECTS.indexOf(aspect), k }),
    onStart: () => precisions.clear(),
    onReport(report, steps) {
      precisions.add(steps, report.precision);
      chance = report.chance;
      report.reviews.forEach((review, i) => {
        cards[i] ??= card(reviews);
        cards[i].show(review);
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

  const stage = document.createElement('div');
  stage.className = 'aimle-stage';
  const reviews = document.createElement('div');
  reviews.className = 'explain-reviews';
  const cards: ReturnType<typeof card>[] = [];
  const own = ownText(live.ask);
  let later: ReturnType<typeof setTimeout> | undefined;
  root.append(
    toolbar(
      choice({
        label: 'Rating to predict and explain',
        options: ASPECTS.map((value) => ({ value, label: value })),
        value: aspect,
        onChange(next) {
          aspect = next;
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
      }),
    ),
    toolbar(...live.controls),
    numbers.element,
    stage,
    reviews,
    own.element,
  );
  const precision = curve(stage, {
    description: 'Precision of the chosen words against steps',
    y: {
      label: 'Precision of the chosen words',
      from: 0,
      to: 1,
      format: (value) => `${Math.round(100 * value)}%`,
    },
    history: precisions,
    label: 'precision',
    level: () => (chance === null ? null : { value: chance, label: 'chance' }),
  });
  return () => {
    clearTimeout(later);
    live.dispose();
    numbers.dispose();
    own.dispose();
    precision.dispose();
    root.remove();
  };
}

/** A held-out review with its rating and what is predicted from the words that are chosen. */
function card(parent: HTMLElement): { show(review: ExplainedReview): void } {
  const element = document.createElement('figure');
  element.className = 'explain-card';
  const heading = document.createElement('figcaption');
  const text: MarkedText = markedText();
  element.append(heading, text.element);
  parent.append(element);
  return {
    show(review) {
      const { rating, trueRating, chosen, marks } = review;
      const right = chosen.filter((taken, i) => taken && marks[i]).length;
      const predicted = rating === null ? 'none' : (100 * rating).toFixed(0);
      heading.textContent =
        `rated ${(100 * trueRating).toFixed(0)}, predicted ${predicted}; ` +
        `${right} of ${chosen.filter(Boolean).length} chosen words are right`;
      text.show(review, marks);
    },
  };
}
