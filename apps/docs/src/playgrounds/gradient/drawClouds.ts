import { circle, disc, stroke } from '../../canvas/shapes.js';
import type { Box, Frame } from '../../canvas/surface.js';
import { arrow } from './arrow.js';
import { downhill } from './drawPlane.js';
import { ITEMS, type Point } from './problem.js';
import { SHOWN } from './protocol.js';
import type { Quality } from './quality.js';

export interface CloudCard {
  readonly title: string;
  readonly colour: string;
  /** As it is shown, which may be on its way to what was measured. */
  readonly shown: Float32Array;
  readonly quality: Quality;
}

/** Where cards are so narrow that their numbers take two lines. */
const NARROW = 400;

export const cardHeight = (width: number): number => 2 * (width < NARROW ? 220 : 204);

export function drawClouds(frame: Frame, cards: readonly CloudCard[], truth: Float64Array): void {
  const width = frame.width / 2;
  const height = frame.height / 2;
  cards.forEach((card, i) => {
    drawCard(frame, { x: (i % 2) * width, y: Math.floor(i / 2) * height, width, height }, card, truth);
  });
}

function drawCard({ context, palette }: Frame, box: Box, card: CloudCard, truth: Float64Array): void {
  const { title, colour, shown, quality } = card;
  const { mean, bias, error, zeros } = quality;
  const left = box.x + 6;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  disc(context, [left + 5, box.y + 12], 5, colour);
  context.fillStyle = palette.ink;
  context.font = `600 13px ${palette.font}`;
  context.fillText(title, left + 16, box.y + 16);
  context.font = `12px ${palette.font}`;
  context.fillStyle = palette.muted;
  const percent = `${Math.round(100 * zeros)}% zero`;
  const numbers = `bias ${Number.isNaN(bias) ? '–' : bias.toFixed(2)}, error ${error.toFixed(2)}`;
  const foot = box.y + box.height - 8;
  if (2 * box.width < NARROW) {
    context.fillText(numbers, left, foot - 16);
    context.fillText(percent, left, foot);
  } else context.fillText(`${numbers}, ${percent}`, left, foot);

  const radius = Math.min(56, box.width / 2 - 8);
  const middle: Point = [box.x + box.width / 2, box.y + 26 + radius];
  const ends = Array.from({ length: SHOWN }, (_, dot) =>
    downhill(shown.subarray(dot * ITEMS, (dot + 1) * ITEMS)),
  );
  // Nine dots of ten and both arrows fit in; the other dots lie on the rim.
  const lengths = ends.map(([x, y]) => Math.hypot(x, y)).sort((a, b) => a - b);
  const arrows = Math.max(Math.hypot(...downhill(truth)), Math.hypot(...downhill(mean)));
  const longest = Math.max(1.1 * arrows, lengths[Math.floor(0.9 * SHOWN)]!);
  const unit = longest > 0 ? (0.95 * radius) / longest : 0;
  const on = ([x, y]: Point): Point => {
    const far = Math.max(1, (Math.hypot(x, y) * unit) / radius);
    return [middle[0] + (x * unit) / far, middle[1] + (y * unit) / far];
  };
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  circle(context, middle, radius);
  context.stroke();
  context.globalAlpha = 0.4;
  for (const place of ends) disc(context, on(place), 2.4, colour);
  context.globalAlpha = 1;
  arrow(context, middle, on(downhill(truth)), palette.truth, 3);
  arrow(context, middle, on(downhill(mean)), colour, 3);

  const zero = middle[1] + radius + 25;
  const width = box.width - 12;
  const largest = Math.max(...truth.map(Math.abs), ...mean.map(Math.abs));
  const scale = largest > 0 ? 17 / largest : 0;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  stroke(context, [left, zero], [left + width, zero]);
  for (let j = 0; j < ITEMS; j++) {
    const x = left + ((j + 0.5) * width) / ITEMS;
    context.fillStyle = colour;
    context.globalAlpha = 0.6;
    context.fillRect(x - 7, zero, 14, -mean[j]! * scale);
    context.globalAlpha = 1;
    context.fillStyle = palette.truth;
    context.fillRect(x - 10, zero - truth[j]! * scale - 1.25, 20, 2.5);
  }
}
