/**
 * Recorded motion of vertices, and where it is known who is joined to whom: what this task trains on and predicts from.
 *
 * @example
 * ```ts
 * import { type Motions, simulateGraphLayout } from '@aimle/neural-relational-inference';
 * import { key } from '@aimle/random';
 *
 * const motions: Motions = simulateGraphLayout({ count: 3, frames: 5, key: key(0) });
 * motions.positions.length; // => 300
 * ```
 */
export interface Motions {
  /** Number of recordings. */
  readonly count: number;
  /** Frames of each, T. */
  readonly frames: number;
  readonly vertices: number;
  /** Coordinates of a position, or other features of a vertex. */
  readonly dimensions: number;
  /** [count, frames, dimensions, vertices], as the official files have it. */
  readonly positions: Float32Array;
  /** Symmetric zeros and ones, [count, vertices, vertices]; null where the truth is not known. */
  readonly edges: Uint8Array | null;
}

/** Recordings `from` to `to` of a set, in the same memory. */
export function slice(motions: Motions, from: number, to: number): Motions {
  const { frames, vertices, dimensions, positions, edges } = motions;
  const size = frames * dimensions * vertices;
  return {
    ...motions,
    count: to - from,
    positions: positions.subarray(from * size, to * size),
    edges: edges?.subarray(from * vertices ** 2, to * vertices ** 2) ?? null,
  };
}
