import { stroke, vertex } from '../../canvas/shapes.js';
import type { Frame } from '../../canvas/surface.js';
import type { Scene } from './scene.js';
import { VERTICES } from './structures.js';

/** The tree on show, over all edges as often as they are drawn. */
export function drawGraph(frame: Frame, { structure, picture, draw }: Scene): void {
  const { context, palette, width, height } = frame;
  const { edges, size } = structure;
  if (edges === null) return;
  const radius = Math.min(width, height) / 2 - 22;
  const places = Array.from({ length: VERTICES }, (_, v) => {
    const angle = -Math.PI / 2 + (2 * Math.PI * v) / VERTICES;
    return [width / 2 + radius * Math.cos(angle), height / 2 + radius * Math.sin(angle)] as const;
  });
  const line = (edge: number, thickness: number, colour: string, alpha: number): void => {
    const [a, b] = edges[edge]!;
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = thickness;
    context.lineCap = 'round';
    stroke(context, places[a]!, places[b]!);
    context.globalAlpha = 1;
  };
  for (let e = 0; e < size; e++) line(e, 1 + 17 * picture.drawn[e]!, palette.accent, 0.28);
  for (let e = 0; e < size; e++) {
    if (picture.states[draw * size + e] === 1) line(e, 2.5, palette.ink, 1);
  }
  places.forEach((place, v) => {
    vertex(frame, place, 13, String(v + 1));
  });
}
