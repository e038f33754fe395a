import { player } from '../../canvas/animation.js';
import { surface } from '../../canvas/surface.js';
import { choice } from '../../controls/choice.js';
import { element } from '../../controls/element.js';
import { legend, panel, removal, toolbar } from '../../controls/layout.js';
import { readout } from '../../controls/readout.js';
import { slider } from '../../controls/slider.js';
import { curve, shareAxis } from '../../live/curve.js';
import { history } from '../../live/history.js';
import { liveTraining } from '../../live/liveTraining.js';
import { noGuess, pressed } from './guess.js';
import { FRAMES, SHOWN, type TreesOptions, type TreesReport } from './model.js';
import { drawTrees, type Scene, sceneHeight, vertexAt } from './scene.js';

const FRAMES_A_SECOND = 3;
/** Frames for which the last position stays before the film restarts. */
const REST = 2;

/** Trees from motion: infers which vertices are joined from how they move. */
export default function mount(parent: HTMLElement): () => void {
  const root = panel(parent);
  const precisions = history();
  let vertices = 6;
  let scene: Scene = { recordings: [], vertices, time: 0, showTruth: false, guess: noGuess(SHOWN) };
  const numbers = readout();
  const live = liveTraining<TreesOptions, TreesReport, never, never>({
    root,
    worker: new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    numbers,
    options: () => ({ seed: 1, vertices }),
    onStart: () => precisions.clear(),
    onReport({ precision, recordings }, steps) {
      precisions.add(steps, precision);
      const guess = scene.vertices === vertices ? scene.guess : noGuess(SHOWN);
      scene = { ...scene, recordings, vertices, guess };
      const right = recordings.map(({ best, truth }) =>
        best.reduce((sum, edge, e) => sum + edge * truth[e]!, 0),
      );
      drawing.describe(
        `${SHOWN} recordings of ${vertices} moving vertices. True edges among the ${vertices - 1} of the best tree: ${right.join(', ')}.`,
      );
      drawing.invalidate();
      chart.invalidate();
    },
    sentence({ loss, precision, law }) {
      const right = `${(100 * precision).toFixed(0)}% of the edges of 100 held-out recordings are right; by chance ${(200 / vertices).toFixed(0)}%.`;
      if (loss === null) return right;
      return (
        `${right} Forces learned so far: joined vertices attract with distance to the power ${law.pull.toFixed(2)} (true: 2), all repel ` +
        `with ${law.push.toFixed(2)} (true: -1), a step is ${law.step.toFixed(3)} of the width (true: 0.1).`
      );
    },
  });

  const time = slider({
    label: 'Time, frames',
    min: 0,
    max: FRAMES - 1,
    step: 0.1,
    value: 0,
    onInput(next) {
      film.pause();
      scene = { ...scene, time: next };
      drawing.invalidate();
    },
  });
  const film = player(root, { play: 'Play', pause: 'Hold' }, (seconds) => {
    const next = scene.time + seconds * FRAMES_A_SECOND;
    scene = { ...scene, time: next > FRAMES - 1 + REST ? 0 : next };
    time.move(Math.min(FRAMES - 1, scene.time));
    drawing.paint();
  });
  const showTruth = element('input', {
    type: 'checkbox',
    onchange() {
      scene = { ...scene, showTruth: showTruth.checked };
      drawing.invalidate();
    },
  });
  const drawing = surface({
    label: `${SHOWN} recordings of moving vertices`,
    height: (width) => sceneHeight(width, SHOWN),
    draw: (frame) => drawTrees(frame, scene),
  });
  drawing.canvas.addEventListener('click', (event) => {
    const box = drawing.canvas.getBoundingClientRect();
    const met = vertexAt(box.width, [event.clientX - box.left, event.clientY - box.top], scene);
    if (met === null) return;
    film.pause();
    scene = { ...scene, guess: pressed(scene.guess, met.recording, met.vertex, scene.vertices) };
    drawing.invalidate();
  });
  const chart = curve({
    description: 'Precision of the edges against steps',
    y: shareAxis('Precision of the best trees'),
    lines: [{ label: 'precision', history: precisions }],
    level: () => ({ value: 2 / scene.vertices, label: 'chance' }),
  });
  root.append(
    toolbar(
      choice({
        label: 'Vertices',
        options: { '5': '5', '6': '6', '7': '7' },
        value: '6',
        onChange(next) {
          vertices = Number(next);
          live.restart();
        },
      }),
      ...live.controls,
    ),
    numbers.element,
    drawing.element,
    legend(
      { label: 'believed (once you look: and true)', colour: 'var(--aimle-accent)', mark: 'bar' },
      { label: 'believed, and wrong', colour: 'var(--aimle-warm)', mark: 'bar' },
      { label: 'your guess', colour: 'var(--aimle-c4)', mark: 'dashes' },
      { label: 'the true tree', colour: 'var(--aimle-true)', mark: 'line' },
    ),
    toolbar(
      film.button,
      time.element,
      element('label', { className: 'aimle-control aimle-toggle' }, showTruth, 'Show the true tree'),
    ),
    chart.element,
  );
  return removal(root, live.dispose, film.dispose, drawing.dispose, chart.dispose);
}
