import { imageDrawer } from '../../canvas/image.js';
import { surface } from '../../canvas/surface.js';
import { panel } from '../../controls/panel.js';
import { readout } from '../../controls/readout.js';
import { toolbar } from '../../controls/toolbar.js';
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
  const stageOf = (): HTMLElement => {
    const stage = document.createElement('div');
    stage.className = 'aimle-stage';
    return stage;
  };
  const [above, below] = [stageOf(), stageOf()];
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
      work.examples = next.seen;
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
  root.append(toolbar(...live.controls), numbers.element, above, below, work.element);
  const gallery = surface(above, {
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
  const bound = curve(below, {
    description: 'The loss against steps',
    y: {
      label: 'Negative evidence bound, nats per image',
      from: 80,
      to: 600,
      scale: 'log',
      ticks: [100, 150, 200, 300, 400, 600],
    },
    history: losses,
    label: 'bound',
  });
  return () => {
    live.dispose();
    work.dispose();
    numbers.dispose();
    gallery.dispose();
    bound.dispose();
    root.remove();
  };
}
