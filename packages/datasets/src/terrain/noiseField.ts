import { fillUniform, foldIn, type Key } from '@aimle/random';

/** Cells between two knots of the coarse and the fine layer, and how much each layer counts. */
const LAYERS = [
  { spacing: 4.5, weight: 1 },
  { spacing: 2, weight: 0.45 },
] as const;

/** Value noise over cells, of mean 0 and variance 1: the sum of two lattices of numbers, joined smoothly. */
export function noiseField(key: Key, height: number, width: number): Float64Array {
  const field = new Float64Array(height * width);
  for (const [index, { spacing, weight }] of LAYERS.entries()) {
    const columns = Math.floor(width / spacing) + 2;
    const knots = new Float64Array((Math.floor(height / spacing) + 2) * columns);
    fillUniform(foldIn(key, index), knots);
    for (let row = 0, cell = 0; row < height; row++) {
      const [top, down] = knotOf(row / spacing);
      for (let column = 0; column < width; column++, cell++) {
        const [left, right] = knotOf(column / spacing);
        const at = top * columns + left;
        const above = mix(knots[at]!, knots[at + 1]!, right);
        const below = mix(knots[at + columns]!, knots[at + columns + 1]!, right);
        field[cell]! += weight * mix(above, below, down);
      }
    }
  }
  return standardised(field);
}

/** The knot before a position, and how far on the way to the next one it is, eased at both ends. */
function knotOf(position: number): [knot: number, share: number] {
  const knot = Math.floor(position);
  const t = position - knot;
  return [knot, t * t * (3 - 2 * t)];
}

function mix(from: number, to: number, share: number): number {
  return from + share * (to - from);
}

function standardised(field: Float64Array): Float64Array {
  const mean = field.reduce((sum, value) => sum + value, 0) / field.length;
  const variance = field.reduce((sum, value) => sum + (value - mean) ** 2, 0) / field.length;
  const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  return field.map((value) => (value - mean) * scale);
}
