import { imageDrawer } from '../../canvas/image.js';
import { surface } from '../../canvas/surface.js';
import { panel, removal, toolbar } from '../../controls/layout.js';
import { readout } from '../../controls/readout.js';
import { curve } from '../../live/curve.js';
import { history } from '../../live/history.js';
import { liveTraining } from '../../live/liveTraining.js';
import { bench } from './bench.js';
import { drawGallery, galleryHeight } from './gallery.js';
import type { DigitsAnswer, DigitsOptions, DigitsQuestion, DigitsReport } from './model.js';
import { SIDE } from './pad.js';
import './digits.css';

/** A discrete VAE that learns digits while the reader watches, draws and presses bits. */
export default function mount(parent: HTMLElement): () => void {
  const root = panel(parent);
  const losses = history();
  const draw = imageDrawer(SIDE);
  let report: DigitsReport | null = null;
  const numbers = readout();
  const live = liveTraining<DigitsOptions, DigitsReport, DigitsQuestion, DigitsAnswer>({
    root,
    worker: new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    numbers,
    options: () => ({ seed: 1 }),
    onStart: () => losses.clear(),
    onReport(next, steps) {
      report = next;
      if (next.loss !== null) losses.add(steps, next.loss);
      work.exemplify(next.seen);
      work.refresh();
      gallery.invalidate();
      bound.invalidate();
    },
    sentence({ loss, lambda, sparsity }) {
      if (loss === null || lambda === null || sparsity === null) return 'Press Train.';
      return (
        `Negative evidence bound ${loss.toFixed(1)} nats per image; AIMLE’s lambda is ${lambda.toPrecision(3)}, ` +
        `and ${(100 * sparsity).toFixed(0)}% of its gradient is zero.`
      );
    },
  });
  const work = bench(live);
  const gallery = surface({
    label:
      'Ten digits that are not in the training data, 0 to 9, and below them the images that their codes decode to',
    height: galleryHeight,
    draw(frame) {
      if (report === null) return;
      drawGallery(frame, draw, [
        { title: 'Digits that it has not seen', pixels: report.seen },
        { title: 'Decoded from their codes', pixels: report.rebuilt },
      ]);
    },
  });
  const bound = curve({
    description: 'The loss against steps',
    y: {
      label: 'Negative evidence bound, nats per image',
      from: 80,
      to: 600,
      scale: 'log',
      ticks: [100, 150, 200, 300, 400, 600],
    },
    lines: [{ label: 'bound', history: losses }],
  });
  root.append(toolbar(...live.controls), numbers.element, gallery.element, bound.element, work.element);
  return removal(root, live.dispose, work.dispose, gallery.dispose, bound.dispose);
}
