import { animation, lessMotion } from '../../canvas/animation.js';
import { surface } from '../../canvas/surface.js';
import { button } from '../../controls/button.js';
import { choice } from '../../controls/choice.js';
import { legend } from '../../controls/legend.js';
import { panel } from '../../controls/panel.js';
import { readout } from '../../controls/readout.js';
import { slider } from '../../controls/slider.js';
import { toggle } from '../../controls/toggle.js';
import { toolbar } from '../../controls/toolbar.js';
import { curve } from '../../live/curve.js';
import { history } from '../../live/history.js';
import { liveTraining } from '../../live/liveTraining.js';
import { FRAMES, SHOWN, type TreesOptions, type TreesReport } from './model.js';
import { drawTrees, type Scene, sceneHeight } from './scene.js';

const FRAMES_A_SECOND = 3;
/** Frames for which the last position stays before the film restarts. */
const REST = 2;

/** Trees from motion: infers which vertices are joined from how they move. */
export default function mount(parent: HTMLElement): () => void {
  const root = panel(parent);
  const precisions = history();
  let vertices = 6;
  let scene: Scene = { recordings: [], vertices, time: 0, showTruth: true };
  const numbers = readout();
  const live = liveTraining<TreesOptions, TreesReport, never, never>({
    root,
    worker: new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    numbers,
    options: () => ({ seed: 1, vertices }),
    onStart: () => precisions.clear(),
    onReport({ precision, recordings }, steps) {
      precisions.add(steps, precision);
      scene = { ...scene, recordings, vertices };
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

  const [film, below] = [document.createElement('div'), document.createElement('div')];
  film.className = below.className = 'aimle-stage';
  const time = slider({
    label: 'Time, frames',
    min: 0,
    max: FRAMES - 1,
    step: 0.1,
    value: 0,
    onInput(next) {
      playing.pause();
      play.label = 'Play';
      scene = { ...scene, time: next };
      drawing.invalidate();
    },
  });
  const play = button({
    label: 'Play',
    onPress() {
      if (playing.playing) playing.pause();
      else playing.play();
      play.label = playing.playing ? 'Hold' : 'Play';
    },
  });
  root.append(
    toolbar(
      choice<'5' | '6' | '7'>({
        label: 'Vertices',
        options: [
          { value: '5', label: '5' },
          { value: '6', label: '6' },
          { value: '7', label: '7' },
        ],
        value: '6',
        onChange(next) {
          vertices = Number(next);
          live.restart();
        },
      }),
      ...live.controls,
    ),
    numbers.element,
    film,
    legend(
      { label: 'believed, and true', colour: 'var(--aimle-accent)', mark: 'bar' },
      { label: 'believed, and wrong', colour: 'var(--aimle-warm)', mark: 'bar' },
      { label: 'the true tree', colour: 'var(--aimle-true)', mark: 'line' },
    ).element,
    toolbar(
      play,
      time,
      toggle({
        label: 'Show the true tree',
        value: true,
        onChange(showTruth) {
          scene = { ...scene, showTruth };
          drawing.invalidate();
        },
      }),
    ),
    below,
  );
  const drawing = surface(film, {
    label: `${SHOWN} recordings of moving vertices`,
    height: (width) => sceneHeight(width, SHOWN),
    draw: (frame) => drawTrees(frame, scene),
  });
  const chart = curve(below, {
    description: 'Precision of the edges against steps',
    y: {
      label: 'Precision of the best trees',
      from: 0,
      to: 1,
      format: (value) => `${Math.round(100 * value)}%`,
    },
    history: precisions,
    label: 'precision',
    level: () => ({ value: 2 / scene.vertices, label: 'chance' }),
  });
  const playing = animation(root, (seconds) => {
    const next = scene.time + seconds * FRAMES_A_SECOND;
    scene = { ...scene, time: next > FRAMES - 1 + REST ? 0 : next };
    time.value = Math.min(FRAMES - 1, scene.time);
    drawing.paint();
  });
  if (!lessMotion()) {
    playing.play();
    play.label = 'Hold';
  }
  return () => {
    live.dispose();
    playing.dispose();
    numbers.dispose();
    drawing.dispose();
    chart.dispose();
    root.remove();
  };
}
