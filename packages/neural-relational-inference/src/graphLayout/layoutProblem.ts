import type { Motions } from '../motion/motions.js';
import { layoutStep } from './layoutStep.js';

/** Error of single precision in and out of a step in double precision, with nearly touching vertices. */
const TOLERANCE = 2e-5;

const SAMPLE = 1000;

/**
 * Checks that each frame is one layout step after the frame before, in up to about a thousand recordings. Returns what is wrong,
 * or null. It needs no key and no checksum, so it also checks the official code's files.
 */
export function layoutProblem({ count, frames, vertices, positions, edges }: Motions): string | null {
  const step = layoutStep(vertices);
  const state = new Float64Array(2 * vertices);
  const stride = Math.max(1, Math.floor(count / SAMPLE));
  for (let i = 0; i < count; i += stride) {
    const adjacency = edges!.subarray(i * vertices ** 2, (i + 1) * vertices ** 2);
    for (let frame = 1; frame < frames; frame++) {
      const at = (i * frames + frame) * 2 * vertices;
      for (let v = 0; v < vertices; v++) {
        for (let axis = 0; axis < 2; axis++)
          state[2 * v + axis] = positions[at - 2 * vertices + axis * vertices + v]!;
      }
      step(state, adjacency);
      for (let v = 0; v < vertices; v++) {
        for (let axis = 0; axis < 2; axis++) {
          const error = Math.abs(state[2 * v + axis]! - positions[at + axis * vertices + v]!);
          if (!(error <= TOLERANCE)) {
            return `frame ${frame} of recording ${i} is not a layout step after the frame before: vertex ${v} is off by ${error}`;
          }
        }
      }
    }
  }
  return null;
}
