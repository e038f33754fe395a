import type { Plot } from '@aimle/report/chart';
import { animation } from '../../canvas/animation.js';
import { chartView } from '../../canvas/chartView.js';
import { dragging } from '../../canvas/dragging.js';
import { surface } from '../../canvas/surface.js';
import { button } from '../../controls/button.js';
import { choice } from '../../controls/choice.js';
import { element } from '../../controls/element.js';
import { handles } from '../../controls/handles.js';
import { legend, panel, removal, toolbar } from '../../controls/layout.js';
import { readout } from '../../controls/readout.js';
import { slider } from '../../controls/slider.js';
import { chartLines, lambdaChart } from './drawChart.js';
import { cardHeight, drawClouds } from './drawClouds.js';
import { drawPlane, toPlane } from './drawPlane.js';
import type { Method } from './estimates.js';
import { LAMBDA_FROM, LAMBDA_TO, type Reply, type Request } from './protocol.js';
import { State } from './state.js';
import './gradient.css';

/** The order of the cards, their names, and which category's colour each has. */
const cards: readonly { readonly method: Method; readonly title: string; readonly category: number }[] = [
  { method: 'aimle', title: 'AIMLE (central)', category: 2 },
  { method: 'imle', title: 'IMLE (forward)', category: 1 },
  { method: 'straight-through', title: 'straight-through', category: 3 },
  { method: 'score-function', title: 'score function', category: 4 },
];

/** The gradient through a choice, estimated before the reader's eyes. */
export default function mount(parent: HTMLElement): () => void {
  const root = panel(parent);
  const state = new State();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const ask = (request: Request): void => worker.postMessage(request);
  let focused = false;
  let plotted: Plot | undefined;

  const plane = surface({
    label: 'Five items on a pentagon, the states between them, and the target',
    height: (width) => width,
    draw: (frame) =>
      drawPlane(frame, {
        problem: state.setting.problem,
        truth: state.truth,
        focused,
        means: cards.flatMap(({ method, category }) => {
          const cloud = state.clouds.get(method);
          const colour = frame.palette.categories[category]!;
          return cloud ? [{ gradient: cloud.latest.quality.mean, colour }] : [];
        }),
      }),
  });
  const clouds = surface({
    label: 'Clouds of estimates from four estimators, and the true gradient',
    height: cardHeight,
    draw: (frame) =>
      drawClouds(
        frame,
        cards.flatMap(({ method, title, category }) => {
          const cloud = state.clouds.get(method);
          if (!cloud) return [];
          const { shown, latest } = cloud;
          return [{ title, colour: frame.palette.categories[category]!, shown, quality: latest.quality }];
        }),
        state.truth.gradient,
      ),
  });
  const chart = chartView(240, () =>
    lambdaChart(state, (plot) => {
      plotted = plot;
    }),
  );
  const numbers = readout();

  function redraw(): void {
    plane.invalidate();
    clouds.invalidate();
    chart.invalidate();
    const said = state.describe();
    if (said !== null) numbers.show(said);
  }
  const settling = animation(root, (seconds) => {
    if (!state.settle(1 - Math.exp(-seconds * 14))) settling.pause();
    clouds.paint();
  });

  function changed(): void {
    ask({ kind: 'set', setting: state.setting });
    keyboard.set(state.setting.problem.target);
    lambda.move(Math.log10(state.setting.lambda));
    redraw();
  }
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    const before = state.setting.lambda;
    state.receive(data);
    find.textContent = state.walking ? 'Stop' : 'Let AIMLE find λ';
    if (state.setting.lambda !== before) changed();
    settling.play();
    redraw();
  });
  function setLambda(value: number): void {
    stop();
    state.change({ lambda: Math.max(LAMBDA_FROM, Math.min(LAMBDA_TO, value)) });
    changed();
  }
  function stop(): void {
    if (!state.walking) return;
    state.walking = false;
    find.textContent = 'Let AIMLE find λ';
    ask({ kind: 'stop' });
  }

  const lambda = slider({
    label: 'λ',
    min: Math.log10(LAMBDA_FROM),
    max: Math.log10(LAMBDA_TO),
    step: 0.01,
    value: 0,
    format: (exponent) => (10 ** exponent).toPrecision(2),
    onInput: (exponent) => setLambda(10 ** exponent),
  });
  const find = button({
    label: 'Let AIMLE find λ',
    primary: true,
    onPress() {
      if (state.walking) return stop();
      state.walking = true;
      state.walk = null;
      find.textContent = 'Stop';
      ask({ kind: 'walk' });
    },
  });
  const keyboard = handles({
    label: 'The target',
    names: ['target, left to right', 'target, top to bottom'],
    min: -1.2,
    max: 1.2,
    step: 0.05,
    values: state.setting.problem.target,
    onInput(index, value) {
      const [x, y] = state.setting.problem.target;
      state.changeProblem({ target: index === 0 ? [value, y] : [x, value] });
      changed();
    },
    onFocus(index) {
      focused = index >= 0;
      plane.invalidate();
    },
  });
  plane.element.append(keyboard.element);

  const endTarget = dragging(plane.canvas, {
    grab: (place) => {
      const [x, y] = toPlane(plane.canvas.clientWidth, place);
      const [u, v] = state.setting.problem.target;
      return Math.hypot(x - u, y - v) < 0.25;
    },
    move(place) {
      state.changeProblem({ target: toPlane(plane.canvas.clientWidth, place) });
      changed();
    },
  });
  const endLambda = dragging(chart.element, {
    grab: ({ x }) => plotted !== undefined && Math.abs(x - plotted.x(state.setting.lambda)) < 24,
    move({ x }) {
      if (plotted === undefined) return;
      const { left, right } = plotted;
      setLambda(LAMBDA_FROM * (LAMBDA_TO / LAMBDA_FROM) ** ((x - left) / (right - left)));
    },
  });

  const left = element(
    'div',
    { className: 'aimle-gradient-left' },
    plane.element,
    numbers.element,
    toolbar(
      button({
        label: 'New θ',
        onPress() {
          state.newTheta();
          changed();
        },
      }),
      button({
        label: 'New noise',
        onPress() {
          state.change({ seed: state.setting.seed + 1 });
          changed();
        },
      }),
    ),
  );
  root.append(
    toolbar(
      lambda.element,
      slider({
        label: 'S, states per estimate',
        min: 0,
        max: 6,
        step: 1,
        value: Math.log2(state.setting.samples),
        format: (power) => String(2 ** power),
        onInput(power) {
          state.change({ samples: 2 ** power });
          changed();
        },
      }).element,
      choice({
        label: 'Structure',
        options: { '2': '2 of 5', '3': '3 of 5' },
        value: '2',
        onChange(k) {
          state.changeProblem({ k: Number(k) });
          changed();
        },
      }),
      find,
    ),
    element('div', { className: 'aimle-gradient' }, left, clouds.element),
    legend(
      { label: 'true gradient', colour: 'var(--aimle-true)', mark: 'line' },
      ...cards.map(({ title, category }) => ({
        label: `mean of ${title}`,
        colour: `var(--aimle-c${category + 1})`,
        mark: 'dot' as const,
      })),
    ),
    chart.element,
    legend(
      ...chartLines.map(({ label, token }) => ({
        label,
        colour: `var(--aimle-${token})`,
        mark: 'line' as const,
      })),
      { label: 'the same for IMLE', colour: 'var(--aimle-muted)', mark: 'dashes' },
    ),
  );
  numbers.show('TensorFlow.js is being loaded.');
  changed();

  const drawings = [plane, clouds, chart].map(({ dispose }) => dispose);
  return removal(root, () => worker.terminate(), settling.dispose, endTarget, endLambda, ...drawings);
}
