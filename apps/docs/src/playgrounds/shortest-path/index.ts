import { key } from '@aimle/random';
import { bars } from '../../canvas/bars.js';
import { chartView } from '../../canvas/chartView.js';
import { surface } from '../../canvas/surface.js';
import { button } from '../../controls/button.js';
import { choice } from '../../controls/choice.js';
import { element } from '../../controls/element.js';
import { legend, panel, removal, toolbar } from '../../controls/layout.js';
import { readout } from '../../controls/readout.js';
import { slider } from '../../controls/slider.js';
import { curve } from '../../live/curve.js';
import { history } from '../../live/history.js';
import { believed } from './believed.js';
import { bogMap } from './bogMap.js';
import { brush } from './brush.js';
import { drawBelief, drawGround, type TerrainScene } from './drawTerrain.js';
import type { Method } from './learner.js';
import { CELLS, kinds, paths, randomMap, terrainOf, trueCosts } from './terrain.js';
import type { Progress, Request } from './worker.js';
import './shortest-path.css';

const LIGHT = key(9);
const kindNames = kinds.map(({ name }) => name);

/** A drag paints, or takes one of the ends along. */
type Drag = 'paint' | 'from' | 'to';

/** Learns the costs of a terrain from paths alone. */
export default function mount(parent: HTMLElement): () => void {
  const root = panel(parent);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const ask = (request: Request): void => worker.postMessage(request);
  const [right, regret] = [history(), history()];
  let method: Method = 'aimle';
  let maps = 4;
  let seed = 3;
  let map = bogMap();
  let terrain = terrainOf(map, LIGHT);
  let ends = { from: 0, to: CELLS - 1 };
  let progress: Progress | null = null;
  let running = false;
  let pace = 20;
  let kind = 0;
  let drag: Drag = 'paint';
  let cursor = -1;

  const pathFor = (costs: Float32Array): Float32Array => paths(costs, { from: [ends.from], to: [ends.to] });
  let truePath = pathFor(trueCosts(map));
  let foundPath: Float32Array | null = null;
  const scene = (): TerrainScene => ({
    colours: terrain.colours,
    costs: progress?.costs ?? null,
    truePath,
    foundPath,
    ...ends,
    cursor,
  });

  const ground = surface({
    label: 'The terrain with the cheapest path and the path that the model finds',
    height: (width) => width,
    draw: (frame) => drawGround(frame, scene()),
  });
  const belief = surface({
    label: 'The costs that the model has learned, cell by cell',
    height: (width) => width,
    draw: (frame) => drawBelief(frame, scene()),
  });
  const scores = curve({
    description: 'Fraction of right paths and regret over the steps',
    height: 170,
    y: { from: 0, to: 1, ticks: [0, 0.5, 1] },
    lines: [
      { label: 'right paths', history: right },
      { label: 'regret', history: regret, colour: 'var(--aimle-warm)' },
    ],
    legend: false,
  });
  const believedCosts = (): number[] => (progress === null ? [] : believed(map, progress.costs));
  const costs = chartView(170, () => ({
    description: 'Learned costs of the four kinds beside the hidden ones',
    ...bars(kindNames, { from: 0, to: 12, ticks: [0, 3, 6, 9, 12] }, [
      { label: 'learned', colour: 'var(--aimle-accent)', values: believedCosts() },
      { label: 'hidden', colour: 'var(--aimle-true)', values: kinds.map(({ cost }) => cost) },
    ]),
  }));
  const drawings = [ground, belief, scores, costs];
  const numbers = readout();

  function redraw(): void {
    for (const drawing of drawings) drawing.invalidate();
    if (progress === null) return;
    const { score } = progress;
    const same = foundPath?.every((one, cell) => one === truePath[cell]) ?? false;
    const estimated = believedCosts().map(
      (cost, i) => `${kindNames[i]} ${Number.isNaN(cost) ? 'not seen' : cost.toFixed(1)}`,
    );
    numbers.show(
      `Step ${progress.steps.toLocaleString('en')}: ${Math.round(100 * score.right)}% of paths right, regret ` +
        `${(100 * score.regret).toFixed(1)}%. From A to B the model’s path is ${same ? 'the cheapest' : 'another one'}. ` +
        `Its estimated costs: ${estimated.join(', ')}; the true costs: ${kinds.map(({ cost }) => cost).join(', ')}.`,
    );
  }
  function repath(): void {
    truePath = pathFor(trueCosts(map));
    foundPath = progress && pathFor(progress.costs);
    redraw();
  }
  function take(next: Uint8Array): void {
    map = next;
    terrain = terrainOf(map, LIGHT);
    ask({ kind: 'terrain', ...terrain });
    repath();
  }
  function restart(): void {
    right.clear();
    regret.clear();
    ask({ kind: 'reset', method, seed });
  }
  function run(runs: boolean): void {
    running = runs;
    start.textContent = running ? 'Pause' : 'Learn';
    ask(running ? { kind: 'run', stepsASecond: pace } : { kind: 'pause' });
  }
  worker.addEventListener('message', ({ data }: MessageEvent<Progress>) => {
    progress = data;
    right.add(progress.steps, progress.score.right);
    regret.add(progress.steps, progress.score.regret);
    repath();
  });

  const endBrush = brush(ground, {
    mayPaint: (byTouch) => !byTouch || finger.checked,
    ends: () => [ends.from, ends.to],
    begin: (cell) => {
      drag = cell === ends.from ? 'from' : cell === ends.to ? 'to' : 'paint';
    },
    over(cell) {
      if (drag === 'paint') {
        if (map[cell] !== kind) take(map.with(cell, kind));
      } else if (cell !== ends.from && cell !== ends.to) {
        ends = { ...ends, [drag]: cell };
        repath();
      }
    },
    onCursor(cell) {
      cursor = cell;
      ground.invalidate();
    },
  });

  const finger = element('input', { type: 'checkbox' });
  const start = button({ label: 'Learn', primary: true, onPress: () => run(!running) });
  root.append(
    toolbar(
      choice({
        label: 'Paint',
        options: Object.fromEntries(kindNames.entries()),
        value: '0',
        onChange: (value) => {
          kind = Number(value);
        },
      }),
      element(
        'label',
        { className: 'aimle-control aimle-toggle aimle-touch' },
        finger,
        'Paint with a finger',
      ),
      choice({
        label: 'Learn by',
        options: { aimle: 'AIMLE', 'fenchel-young': 'Fenchel–Young', 'black-box': 'black box' },
        value: 'aimle',
        onChange(chosen) {
          method = chosen;
          restart();
        },
      }),
    ),
    toolbar(
      start,
      button({
        label: 'Reset',
        onPress() {
          run(false);
          seed++;
          restart();
        },
      }),
      button({ label: 'New terrain', onPress: () => take(randomMap(key(++maps))) }),
      slider({
        label: 'Maximum steps per second',
        min: 1,
        max: 60,
        step: 1,
        value: pace,
        onInput(value) {
          pace = value;
          if (running) run(true);
        },
      }).element,
    ),
    element(
      'div',
      { className: 'aimle-terrain' },
      section('The terrain: paint it, drag A and B', ground.element),
      section('Learned costs: darker is more expensive', belief.element),
      section('64 held-out pairs of cells', scores.element),
      section('Mean learned cost of each kind, and the hidden one', costs.element),
    ),
    legend(
      { label: 'cheapest path', colour: 'var(--aimle-true)', mark: 'line' },
      { label: 'the model’s path; fraction of right paths', colour: 'var(--aimle-accent)', mark: 'line' },
      { label: 'regret: extra cost', colour: 'var(--aimle-warm)', mark: 'line' },
    ),
    numbers.element,
  );
  numbers.show('TensorFlow.js is being loaded.');
  restart();
  take(map);

  return removal(root, () => worker.terminate(), endBrush, ...drawings.map(({ dispose }) => dispose));
}

function section(caption: string, drawing: HTMLElement): HTMLElement {
  return element('div', {}, element('p', { className: 'aimle-caption' }, caption), drawing);
}
