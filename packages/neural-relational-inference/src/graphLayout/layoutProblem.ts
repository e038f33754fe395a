import type { Motions } from '../motion/motions.js';
import { layoutStep } from './layoutStep.js';

/** Single precision in, one step of double precision, single precision out, where vertices may all but touch. */
const TOLERANCE = 2e-5;

/** How many recordings are looked at. */
const SAMPLE = 1000;

/**
 * Whether recordings are graph layouts: each frame one layout step after the one before. Answers what is not, or null.
 * It needs neither key nor checksum, so it holds the official code's files to it as well. Looks at a thousand recordings.
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
