import { disc, type Spot, stroke } from '../../canvas/shapes.js';
import type { Frame } from '../../canvas/surface.js';
import { DRAWS } from './model.js';
import { type Floors, floors, type Scene, THETA_LIMIT } from './scene.js';

export function drawScene(frame: Frame, scene: Scene): void {
  const plan = floors(frame.width, frame.height, scene);
  frame.context.font = `12px ${frame.palette.font}`;
  titles(frame, plan);
  drawTheta(frame, scene, plan);
  drawRain(frame, scene, plan);
  drawShares(frame, scene, plan);
}

function titles({ context, palette }: Frame, { theta, rain, shares }: Floors): void {
  context.fillStyle = palette.muted;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillText('θ (drag), and θ + noise of one draw', 0, theta.top - 8);
  context.fillText('the states of the last draws', 0, rain.top - 8);
  context.fillText(`how often each is drawn, of ${DRAWS.toLocaleString('en')}`, 0, shares.top - 12);
}

const ease = (t: number): number => (t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t));

const middle = ({ left, column }: Floors, i: number): number => left + (i + 0.5) * column;

/** A line across the columns, named at their left. */
function level({ context, palette, width }: Frame, { left }: Floors, y: number, name: string): void {
  context.lineWidth = 1;
  context.strokeStyle = palette.line;
  stroke(context, [left, y], [width, y]);
  context.fillStyle = palette.muted;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillText(name, left - 8, y);
}

function drawTheta(frame: Frame, scene: Scene, plan: Floors): void {
  const { context, palette } = frame;
  const { structure, theta, picture, draw, phase, focus } = scene;
  const n = structure.size;
  const bar = Math.min(30, plan.column * 0.56);
  const zero = plan.y(0);
  for (const score of [-THETA_LIMIT, 0, THETA_LIMIT]) {
    level(frame, plan, plan.y(score), String(score).replace('-', '−'));
  }
  const before = (draw + DRAWS - 1) % DRAWS;
  const come = ease(phase / 0.45);
  for (let i = 0; i < n; i++) {
    const x = middle(plan, i);
    const top = plan.y(theta[i]!);
    context.fillStyle = palette.ink;
    context.globalAlpha = 0.16;
    context.beginPath();
    context.roundRect(x - bar / 2, Math.min(top, zero), bar, Math.max(2, Math.abs(top - zero)), 4);
    context.fill();
    context.globalAlpha = 1;
    context.beginPath();
    context.roundRect(x - bar / 2, top - 3, bar, 6, 3);
    context.fill();
    if (focus === i) {
      context.strokeStyle = palette.accent;
      context.lineWidth = 2;
      context.beginPath();
      context.roundRect(x - bar / 2 - 4, top - 8, bar + 8, 16, 7);
      context.stroke();
    }
    const from = picture.perturbed[before * n + i]!;
    const to = picture.perturbed[draw * n + i]!;
    const y = plan.y(from + (to - from) * come);
    const inside = (come > 0.6 ? picture.states[draw * n + i]! : picture.states[before * n + i]!) === 1;
    const colour = inside ? palette.accent : palette.muted;
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.setLineDash([2, 3]);
    stroke(context, [x, top], [x, y]);
    context.setLineDash([]);
    disc(context, [x, y], inside ? 7 : 5, inside ? colour : palette.paper);
    context.stroke();
  }
}

function drawRain({ context, palette, width }: Frame, scene: Scene, plan: Floors): void {
  const { structure, picture, draw, phase } = scene;
  const { top, bottom } = plan.rain;
  const n = structure.size;
  const step = 15;
  const rows = Math.ceil((bottom - top) / step) + 1;
  context.save();
  context.beginPath();
  context.rect(0, top - 6, width, bottom - top + 12);
  context.clip();
  // The newest state enters from above once its dots have settled.
  const fall = ease((phase - 0.5) / 0.5);
  for (let r = 0; r < rows; r++) {
    const at = (draw - r + DRAWS) % DRAWS;
    const y = top + (r - 1 + fall) * step + 6;
    const age = (y - top) / (bottom - top);
    context.globalAlpha = Math.max(0, Math.min(1, 1.25 - 1.1 * age));
    for (let i = 0; i < n; i++) {
      const inside = picture.states[at * n + i] === 1;
      disc(context, [middle(plan, i), y], inside ? 5.75 : 2, inside ? palette.accent : palette.line);
    }
  }
  context.restore();
}

function drawShares(frame: Frame, scene: Scene, plan: Floors): void {
  const { context, palette } = frame;
  const { structure, picture } = scene;
  const { top } = plan.shares;
  const bottom = plan.shares.bottom - 18;
  const y = (share: number): number => bottom - share * (bottom - top);
  const bar = Math.min(30, plan.column * 0.56);
  for (const share of [0, 0.5, 1]) level(frame, plan, y(share), String(share));
  for (let i = 0; i < structure.size; i++) {
    const x = middle(plan, i);
    context.fillStyle = palette.accent;
    context.globalAlpha = 0.75;
    context.beginPath();
    context.roundRect(x - bar / 2, y(picture.drawn[i]!), bar, bottom - y(picture.drawn[i]!), [4, 4, 0, 0]);
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = palette.truth;
    context.lineWidth = 2.5;
    const gibbs = y(picture.gibbs[i]!);
    stroke(context, [x - bar / 2 - 4, gibbs], [x + bar / 2 + 4, gibbs]);
    if (picture.exact !== null) diamond(frame, [x, y(picture.exact[i]!)], 5);
    context.fillStyle = palette.muted;
    context.textAlign = 'center';
    context.fillText(structure.labels[i]!, x, plan.shares.bottom - 7);
  }
}

function diamond({ context, palette }: Frame, [x, y]: Spot, size: number): void {
  context.strokeStyle = palette.paper;
  context.fillStyle = palette.warm;
  context.lineWidth = 2;
  stroke(context, [x, y - size], [x + size, y], [x, y + size], [x - size, y], [x, y - size]);
  context.fill();
}
