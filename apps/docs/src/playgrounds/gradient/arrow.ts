import { stroke } from '../../canvas/shapes.js';
import type { Point } from './problem.js';

export function arrow(
  context: CanvasRenderingContext2D,
  from: Point,
  to: Point,
  colour: string,
  width: number,
): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length < 1) return;
  const [u, v] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const head = Math.min(length, 4 + 2.4 * width);
  const [x, y] = [to[0] - head * u, to[1] - head * v];
  context.lineCap = 'round';
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = width;
  stroke(context, from, [x, y]);
  context.beginPath();
  context.moveTo(...to);
  context.lineTo(x - 0.5 * head * v, y + 0.5 * head * u);
  context.lineTo(x + 0.5 * head * v, y - 0.5 * head * u);
  context.closePath();
  context.fill();
}
