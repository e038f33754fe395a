import type { Place } from '../../canvas/dragging.js';
import { circle, disc, stroke } from '../../canvas/shapes.js';
import type { Frame } from '../../canvas/surface.js';
import { arrow } from './arrow.js';
import { items, type Point, type Problem, placeOf, type Truth } from './problem.js';

/** The half width of what is shown of the plane. */
const REACH = 1.34;

export interface PlaneScene {
  readonly problem: Problem;
  readonly truth: Truth;
  /** Where each estimator's mean points: gradients in theta, with a colour. */
  readonly means: readonly { readonly gradient: ArrayLike<number>; readonly colour: string }[];
  /** Whether the keyboard moves the target. */
  readonly focused: boolean;
}

export function toPlane(width: number, { x, y }: Place): Point {
  const clamp = (value: number): number => Math.max(-1.2, Math.min(1.2, value));
  return [clamp(((2 * x) / width - 1) * REACH), clamp(((2 * y) / width - 1) * REACH)];
}

/** Which way the middle of the items moves when theta goes down a gradient. */
export function downhill(gradient: ArrayLike<number>): Point {
  const [x, y] = placeOf(gradient, 1);
  return [-x, -y];
}

export function drawPlane({ context, width, palette }: Frame, scene: PlaneScene): void {
  const { problem, truth, means, focused } = scene;
  const unit = width / (2 * REACH);
  const at = ([x, y]: Point): Point => [(x + REACH) * unit, (y + REACH) * unit];
  const target = at(problem.target);

  context.strokeStyle = palette.warm;
  context.lineWidth = 1;
  for (let ring = 1; ring <= 7; ring++) {
    context.globalAlpha = 0.34 - 0.04 * ring;
    circle(context, target, ring * 0.32 * unit);
    context.stroke();
  }
  context.globalAlpha = 1;

  context.strokeStyle = palette.line;
  stroke(context, ...[...items, items[0]!].map(at));
  context.font = `600 13px ${palette.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  items.forEach((item, i) => {
    const share = truth.marginals[i]!;
    disc(context, at(item), 9 + 13 * share, palette.paper);
    context.globalAlpha = 0.12 + 0.5 * share;
    context.fillStyle = palette.accent;
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = palette.ink;
    context.fillText(String(i + 1), ...at(item));
  });
  for (const { place, probability } of truth.states) {
    context.globalAlpha = 0.3;
    disc(context, at(place), 2 + 13 * Math.sqrt(probability), palette.ink);
    context.globalAlpha = 1;
  }

  disc(context, target, 10, palette.paper);
  context.strokeStyle = palette.warm;
  context.lineWidth = 3;
  context.stroke();
  disc(context, target, 3.5, palette.warm);
  if (focused) {
    circle(context, target, 16);
    context.lineWidth = 2;
    context.strokeStyle = palette.accent;
    context.stroke();
  }

  const mean = at(placeOf(truth.marginals, problem.k));
  for (const { gradient, colour } of means) {
    arrow(context, mean, along(mean, downhill(gradient), 0.5 * unit), colour, 2.5);
  }
  arrow(context, mean, along(mean, downhill(truth.gradient), 0.56 * unit), palette.truth, 4);
  disc(context, mean, 5, palette.truth);
}

function along([x, y]: Point, [u, v]: Point, length: number): Point {
  const size = Math.hypot(u, v);
  return size === 0 ? [x, y] : [x + (u * length) / size, y + (v * length) / size];
}
