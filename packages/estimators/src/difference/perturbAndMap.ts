import { foldIn, type Key, type Noise } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type { Layout } from '../layer/layout.js';
import { RowContext } from '../layer/rows.js';

/** Draws epsilon for every row of z; `null` when the noise is identically zero. */
export function drawNoise(noise: Noise, key: Key, layout: Layout): Float32Array | null {
  if (noise.std === 0) return null;
  return noiseOfRows(noise, foldIn(key, 'epsilon'), layout, layout.size);
}

/** Draws `width` numbers for every row. A part of a batch gets those that its rows have in the whole batch. */
export function noiseOfRows(
  noise: Noise,
  key: Key,
  { part, samples, events, rows }: Layout,
  width: number,
): Float32Array {
  const before = (part?.first ?? 0) * samples * events * width;
  const drawn = new Float32Array(before + rows * width);
  noise.fill(key, drawn);
  return drawn.subarray(before);
}

/** A point of the parameter space for every row: weight * theta + step * g + temperature * epsilon. */
export interface Point {
  readonly theta: Float32Array;
  /** 1, or 0 where theta is left out. */
  readonly weight: number;
  /** dL/dz of each row; `null` where the point is not moved. */
  readonly gradient: Float32Array | null;
  /** The signed step of each instance along the gradient. */
  readonly step: Float64Array | null;
  readonly epsilon: Float32Array | null;
  /** Signed: a minimiser subtracts the noise. */
  readonly temperature: number;
}

/** Writes the point into `out` (rows * size). */
function place(point: Point, layout: Layout, out: Float32Array): void {
  const { batch, samples, events, size } = layout;
  const { theta, weight, gradient, step, epsilon, temperature } = point;
  const noise = temperature === 0 ? null : epsilon;
  let row = 0;
  for (let b = 0; b < batch; b++) {
    for (let sample = 0; sample < samples; sample++) {
      for (let e = 0; e < events; e++, row += size) {
        const instance = b * events + e;
        const from = instance * size;
        const along = gradient === null ? 0 : step![instance]!;
        // One pass over the row, whatever is added: these loops cost half as much as a cheap solver.
        if (gradient !== null && along !== 0) {
          if (noise !== null) {
            for (let j = 0; j < size; j++) {
              const base = weight === 0 ? 0 : theta[from + j]!;
              out[row + j] = base + along * gradient[row + j]! + temperature * noise[row + j]!;
            }
          } else {
            for (let j = 0; j < size; j++) {
              out[row + j] = (weight === 0 ? 0 : theta[from + j]!) + along * gradient[row + j]!;
            }
          }
        } else if (noise !== null) {
          for (let j = 0; j < size; j++) {
            out[row + j] = (weight === 0 ? 0 : theta[from + j]!) + temperature * noise[row + j]!;
          }
        } else {
          for (let j = 0; j < size; j++) out[row + j] = weight === 0 ? 0 : theta[from + j]!;
        }
      }
    }
  }
}

/** Scratch memory for points, contexts and solutions, kept from call to call. */
export class Scratch {
  readonly context = new RowContext();
  #arrays: Float32Array[] = [];

  /** Returns the `index`-th array, with exactly `length` elements and undefined content. */
  take(index: number, length: number): Float32Array {
    const kept = this.#arrays[index];
    if (kept !== undefined && kept.length >= length) return kept.subarray(0, length);
    const grown = new Float32Array(length);
    this.#arrays[index] = grown;
    return grown;
  }
}

/** Solves every row at a point, into `z`. The context is that of the instances. */
export function solveAt(
  solver: Solver,
  point: Point,
  layout: Layout,
  scratch: Scratch,
  z: Float32Array,
  context?: Context,
): void {
  const moved = scratch.take(0, layout.rows * layout.size);
  place(point, layout, moved);
  solver.solve(moved, z, layout.rows, scratch.context.of(solver.name, context, layout));
}

/** A noise temperature for both passes, or one for each. */
export type Temperature = number | { readonly forward: number; readonly backward: number };

/** Checks a temperature and returns it for both passes. */
export function temperatures(name: string, value: Temperature): { forward: number; backward: number } {
  const { forward, backward } = typeof value === 'number' ? { forward: value, backward: value } : value;
  for (const [pass, temperature] of Object.entries({ forward, backward })) {
    if (!(Number.isFinite(temperature) && temperature >= 0)) {
      throw new RangeError(
        `${name}: the ${pass} temperature must be a finite number of at least 0, got ${temperature}`,
      );
    }
  }
  return { forward, backward };
}
