import { readFileSync } from 'node:fs';
import { type NpyArray, readNpy } from '@aimle/datasets';
import { layoutStep } from '@aimle/neural-relational-inference';
import { type Check, furthest } from './check.js';

/** Each frame is held to networkx's on its own, from its own predecessor: an error must not grow with the frames. */
const TOLERANCE = 1e-6;

/** The simulations of networkx: frame after frame from the edges and the initial positions. */
export function* checkGraphLayout(path: string): Iterable<Check> {
  const read = (name: string): NpyArray =>
    readNpy(new Uint8Array(readFileSync(path.replace('_positions.npy', `_${name}.npy`))), name);
  const [positions, initial, edges] = [read('positions'), read('initial'), read('edges')];
  const [count, frames, , n] = positions.shape as [number, number, number, number];
  const step = layoutStep(n);
  for (let frame = 0; frame < frames; frame++) {
    let error = 0;
    for (let i = 0; i < count; i++) {
      const state = Float64Array.from({ length: 2 * n }, (_, j) =>
        frame === 0
          ? Number(initial.data[i * 2 * n + j])
          : Number(positions.data[((i * frames + frame - 1) * 2 + (j % 2)) * n + (j >> 1)]),
      );
      step(state, edges.data.subarray(i * n * n, (i + 1) * n * n) as Float32Array);
      const expected = Float64Array.from({ length: 2 * n }, (_, j) =>
        Number(positions.data[((i * frames + frame) * 2 + (j % 2)) * n + (j >> 1)]),
      );
      error = Math.max(error, furthest(state, expected));
    }
    yield { name: `frame ${frame} of ${count} simulations`, error, tolerance: TOLERANCE };
  }
}
