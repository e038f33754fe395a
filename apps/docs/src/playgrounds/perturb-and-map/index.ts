import { foldIn, key, normal } from '@aimle/random';
import { player } from '../../canvas/animation.js';
import { dragging } from '../../canvas/dragging.js';
import { surface } from '../../canvas/surface.js';
import { button } from '../../controls/button.js';
import { choice } from '../../controls/choice.js';
import { element } from '../../controls/element.js';
import { handles } from '../../controls/handles.js';
import { legend, panel, removal, toolbar } from '../../controls/layout.js';
import { readout } from '../../controls/readout.js';
import { slider } from '../../controls/slider.js';
import { drawGraph } from './drawGraph.js';
import { drawScene } from './drawScene.js';
import { DRAWS, type NoiseName, perturbAndMap } from './model.js';
import { floors, type Scene, THETA_LIMIT } from './scene.js';
import { type StructureName, structureOf } from './structures.js';

const DRAWS_A_SECOND = 1.6;

export default function mount(parent: HTMLElement): () => void {
  const root = panel(parent);
  const picture = perturbAndMap();
  let noise: NoiseName = 'gumbel';
  let noiseKey = key(7);
  let problems = 0;
  let structure = structureOf('2');
  let scene: Scene = sceneOf(newTheta(), 1);

  function newTheta(): Float64Array {
    const drawn = new Float32Array(structure.size);
    normal().fill(foldIn(key(3), problems++), drawn);
    return Float64Array.from(drawn, (value) => Math.max(-THETA_LIMIT, Math.min(THETA_LIMIT, 1.5 * value)));
  }

  function sceneOf(theta: Float64Array, temperature: number): Scene {
    const solved = picture({ structure, theta, noise, temperature, key: noiseKey });
    return { structure, theta, temperature, picture: solved, draw: 0, phase: 0.99, focus: -1 };
  }

  const numbers = readout();
  const drawing = surface({
    label: '',
    height: (width) => (width < 480 ? 480 : 520),
    draw: (frame) => drawScene(frame, scene),
  });
  const tree = surface({
    label: 'The current spanning tree, over all edges: the thicker, the more often drawn.',
    height: (width) => width,
    draw: (frame) => drawGraph(frame, scene),
  });
  let keyboard: ReturnType<typeof handles> | undefined;

  function redraw(): void {
    drawing.invalidate();
    tree.invalidate();
  }

  function update(changes: Partial<Pick<Scene, 'theta' | 'temperature'>> = {}): void {
    const { theta = scene.theta, temperature = scene.temperature } = changes;
    const solved = picture({ structure, theta, noise, temperature, key: noiseKey });
    scene = { ...scene, structure, theta, temperature, picture: solved };
    const largest = (of: Float64Array): number =>
      Math.max(...of.map((p, i) => Math.abs(p - solved.gibbs[i]!)));
    const known =
      solved.exact === null
        ? ''
        : `; with infinitely many draws it would be ${largest(solved.exact).toFixed(3)}`;
    numbers.show(
      `${DRAWS.toLocaleString('en')} draws at temperature ${temperature.toFixed(2)}. Largest gap between frequencies ` +
        `and Gibbs marginals: ${solved.gap.toFixed(3)}${known}. Gibbs entropy: ${solved.entropy.toFixed(2)} nats.`,
    );
    drawing.describe(
      `Bars of theta: ${Array.from(theta, (value, i) => `${structure.labels[i]}: ${value.toFixed(1)}`).join(', ')}. ` +
        `Shares drawn: ${Array.from(solved.drawn, (value) => value.toFixed(2)).join(', ')}. ` +
        `Gibbs marginals: ${Array.from(solved.gibbs, (value) => value.toFixed(2)).join(', ')}.`,
    );
    keyboard?.set(theta);
    redraw();
  }

  function move(index: number, value: number): void {
    const theta = scene.theta.slice();
    theta[index] = Math.max(-THETA_LIMIT, Math.min(THETA_LIMIT, value));
    update({ theta });
  }

  function take(name: StructureName): void {
    structure = structureOf(name);
    tree.element.hidden = structure.edges === null;
    scene = sceneOf(newTheta(), scene.temperature);
    keyboard?.element.remove();
    keyboard = handles({
      label: 'theta',
      names: structure.labels.map((label) => `theta of ${label}`),
      min: -THETA_LIMIT,
      max: THETA_LIMIT,
      step: 0.1,
      values: scene.theta,
      onInput: move,
      onFocus: (focus) => {
        scene = { ...scene, focus };
        redraw();
      },
    });
    drawing.element.append(keyboard.element);
    update();
  }

  const planned = () => floors(drawing.canvas.clientWidth, drawing.canvas.clientHeight, scene);
  let held = -1;
  const endDragging = dragging(drawing.canvas, {
    grab({ x, y }) {
      const plan = planned();
      const column = Math.floor((x - plan.left) / plan.column);
      held = y < plan.theta.bottom + 10 && column >= 0 && column < structure.size ? column : -1;
      return held >= 0;
    },
    move: ({ y }) => move(held, planned().score(y)),
  });

  function nextDraw(): void {
    scene = { ...scene, draw: (scene.draw + 1) % DRAWS, phase: 0 };
  }
  const rain = player(root, { play: 'Rain', pause: 'Pause' }, (seconds) => {
    const phase = scene.phase + seconds * DRAWS_A_SECOND;
    if (phase >= 1) nextDraw();
    else scene = { ...scene, phase };
    drawing.paint();
    tree.paint();
  });

  root.append(
    toolbar(
      choice({
        label: 'Structure',
        options: { '1': '1 of 6', '2': '2 of 6', '3': '3 of 6', tree: 'tree on 5' },
        value: '2',
        onChange: take,
      }),
      choice({
        label: 'Noise',
        options: { gumbel: 'Gumbel', 'sum-of-gamma': 'Sum-of-Gamma', normal: 'normal' },
        value: 'gumbel',
        onChange(name) {
          noise = name;
          update();
        },
      }),
      slider({
        label: 'Temperature',
        min: -1,
        max: 0.5,
        step: 0.01,
        value: 0,
        format: (exponent) => (10 ** exponent).toFixed(2),
        onInput: (exponent) => update({ temperature: 10 ** exponent }),
      }).element,
    ),
    element('div', { className: 'aimle-beside' }, drawing.element, tree.element),
    legend(
      { label: 'drawn', colour: 'var(--aimle-accent)', mark: 'bar' },
      { label: 'Gibbs marginals, exact', colour: 'var(--aimle-true)', mark: 'line' },
      {
        label: 'perturb-and-MAP, exact (Gumbel noise, subsets)',
        colour: 'var(--aimle-warm)',
        mark: 'diamond',
      },
    ),
    numbers.element,
    toolbar(
      rain.button,
      button({
        label: 'One draw',
        onPress() {
          nextDraw();
          scene = { ...scene, phase: 0.99 };
          redraw();
        },
      }),
      button({ label: 'New θ', onPress: () => update({ theta: newTheta() }) }),
      button({
        label: 'New noise',
        onPress() {
          noiseKey = foldIn(noiseKey, 'again');
          update();
        },
      }),
    ),
  );
  take('2');
  return removal(root, rain.dispose, endDragging, drawing.dispose, tree.dispose);
}
