import { SIDE } from '../image/imageSet.js';
import type { Glyph } from './glyphs.js';

/** How one image is written. The generator draws a new style for each image. */
export interface Style {
  /** How far right the top leans, in heights. */
  readonly slant: number;
  /** How far the middle bulges to a side, in heights. */
  readonly bend: number;
  /** Clockwise, in radians. */
  readonly rotation: number;
  /** Ratio of width to height, relative to the designed glyph. */
  readonly stretch: number;
  /** The longer side of the ink, in pixels. */
  readonly extent: number;
  /** The centre of the ink, in pixels. */
  readonly centre: readonly [x: number, y: number];
  /** Half the width of the stroke, in pixels. */
  readonly radius: number;
  /** How far each point is perturbed, in heights: the noise is uniform in [-1, 1], two numbers per point. */
  readonly stray: number;
  readonly noise: (index: number) => number;
}

/** Width of the border in pixels that the stroke avoids; its soft edge and its blur end there. */
const MARGIN = 2;

/** Number of line segments per curve between two points. */
const PIECES = 6;

/** Writes a glyph into `lines`, x and y of both ends of each, in pixels; returns the number of lines. */
export function write(glyph: Glyph, style: Style, lines: Float64Array): number {
  let used = 0;
  let index = 0;
  for (const stroke of glyph) {
    const points = stroke.map(({ x, y }, at) => place(x, y, style, index + 2 * at));
    index += 2 * stroke.length;
    for (let at = 0; at + 1 < points.length; at++) {
      const [x0, y0] = points[at]!;
      const [x1, y1] = points[at + 1]!;
      const sharpStart = at === 0 || stroke[at]!.corner;
      const sharpEnd = at + 2 === points.length || stroke[at + 1]!.corner;
      const before = sharpStart ? points[at]! : points[at - 1]!;
      const after = sharpEnd ? points[at + 1]! : points[at + 2]!;
      // Catmull-Rom: the curve leaves each point along the line between its neighbours.
      const [u0, v0] = [(x1 - before[0]) / 2, (y1 - before[1]) / 2];
      const [u1, v1] = [(after[0] - x0) / 2, (after[1] - y0) / 2];
      let [fromX, fromY] = [x0, y0];
      for (let piece = 1; piece <= PIECES; piece++) {
        const t = piece / PIECES;
        const x = hermite(x0, u0, x1, u1, t);
        const y = hermite(y0, v0, y1, v1, t);
        lines[used++] = fromX;
        lines[used++] = fromY;
        lines[used++] = x;
        lines[used++] = y;
        [fromX, fromY] = [x, y];
      }
    }
  }
  fit(lines.subarray(0, used), style);
  return used / 4;
}

function place(x: number, y: number, style: Style, index: number): [number, number] {
  const down = y - 0.5 + style.stray * style.noise(index + 1);
  const right = (x - 0.35 + style.stray * style.noise(index)) * style.stretch;
  const leaning = right - style.slant * down + style.bend * (1 - 4 * down * down);
  const [cos, sin] = [Math.cos(style.rotation), Math.sin(style.rotation)];
  return [leaning * cos - down * sin, leaning * sin + down * cos];
}

function hermite(p: number, u: number, q: number, v: number, t: number): number {
  const s = 1 - t;
  return p * (1 + 2 * t) * s * s + u * t * s * s + q * t * t * (3 - 2 * t) - v * t * t * s;
}

/** Scales the lines to the extent of the ink, and moves their centre of mass to its place, within the margin. */
function fit(lines: Float64Array, { extent, centre, radius }: Style): void {
  const min = [Infinity, Infinity];
  const max = [-Infinity, -Infinity];
  const mean = [0, 0];
  let total = 0;
  for (let at = 0; at < lines.length; at += 4) {
    const length = Math.hypot(lines[at + 2]! - lines[at]!, lines[at + 3]! - lines[at + 1]!);
    total += length;
    for (let axis = 0; axis < 2; axis++) {
      const [from, to] = [lines[at + axis]!, lines[at + 2 + axis]!];
      min[axis] = Math.min(min[axis]!, from, to);
      max[axis] = Math.max(max[axis]!, from, to);
      mean[axis] = mean[axis]! + (length * (from + to)) / 2;
    }
  }
  const longest = Math.max(max[0]! - min[0]!, max[1]! - min[1]!);
  const scale = (extent - 2 * radius) / longest;
  for (let axis = 0; axis < 2; axis++) {
    const centreOfMass = mean[axis]! / total;
    const low = MARGIN + radius + scale * (centreOfMass - min[axis]!);
    const high = SIDE - MARGIN - radius - scale * (max[axis]! - centreOfMass);
    const shift = Math.min(Math.max(centre[axis]!, low), high) - scale * centreOfMass;
    for (let at = axis; at < lines.length; at += 2) lines[at] = shift + scale * lines[at]!;
  }
}
