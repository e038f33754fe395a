import type { Frame } from './surface.js';

export type Spot = readonly [x: number, y: number];

/** Draws a line through places, in the present style. */
export function stroke(context: CanvasRenderingContext2D, ...spots: readonly Spot[]): void {
  context.beginPath();
  for (const spot of spots) context.lineTo(...spot);
  context.stroke();
}

/** Begins a circle, to be filled or stroked. */
export function circle(context: CanvasRenderingContext2D, [x, y]: Spot, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

export function disc(context: CanvasRenderingContext2D, spot: Spot, radius: number, colour: string): void {
  circle(context, spot, radius);
  context.fillStyle = colour;
  context.fill();
}

/** A named vertex of a graph, or end of a path. */
export function vertex({ context, palette }: Frame, spot: Spot, radius: number, name: string): void {
  disc(context, spot, radius, palette.paper);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  context.stroke();
  context.fillStyle = palette.ink;
  context.font = `600 13px ${palette.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(name, spot[0], spot[1] + 0.5);
}
