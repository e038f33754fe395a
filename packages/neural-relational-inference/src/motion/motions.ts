import { described, type EdgeTruth, edgesProblem } from './truth.js';

/** Recorded motion of vertices, and the true edges if they are known: the data of this task. */
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
  /**
   * Zeros and ones, [count, vertices, vertices]: whether the vertex of the row is joined to that of the column, or acts
   * on it if edges are directed; null if the true edges are not known.
   */
  readonly edges: Uint8Array | null;
}

/** Recordings with the names of samples and vertices in their file; numbers from 0 if it has none. */
export interface NamedMotions {
  readonly motions: Motions;
  readonly samples: readonly string[];
  readonly vertices: readonly string[];
}

export function firstFrames<M extends Motions>(motions: M, frames: number): M {
  if (frames === motions.frames) return motions;
  const { count, vertices, dimensions } = motions;
  const short = frames * dimensions * vertices;
  const long = motions.frames * dimensions * vertices;
  const positions = new Float32Array(count * short);
  for (let i = 0; i < count; i++) {
    positions.set(motions.positions.subarray(i * long, i * long + short), i * short);
  }
  return { ...motions, frames, positions };
}

/**
 * Checks recordings: as many numbers as the sizes imply, all finite, at least two vertices and frames, and known edges of
 * the required kind, by default symmetric spanning trees.
 *
 * @param motions - the recordings. @param name - their name in messages. @param truth - required kind of the edges: a
 * spanning tree; an arborescence, in which every vertex but the root has one parent; or any symmetric graph.
 * @throws RangeError that names the first invalid recording and what is wrong with it.
 * @example
 * ```ts
 * import { checkMotions, simulateGraphLayout } from '@aimle/neural-relational-inference';
 * import { key } from '@aimle/random';
 *
 * const motions = simulateGraphLayout({ count: 2, key: key(0) });
 * motions.positions[205] = Number.NaN;
 * let message = '';
 * try {
 *   checkMotions(motions, 'mine.npy');
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * message; // => 'mine.npy: positions must be finite, got NaN in recording 1, frame 0, coordinate 0 of vertex 5'
 * ```
 */
export function checkMotions(motions: Motions, name: string, truth: EdgeTruth = 'tree'): void {
  const { count, frames, vertices, dimensions, positions, edges } = motions;
  for (const [size, value, min] of [
    ['vertices', vertices, 2],
    ['frames', frames, 2],
    ['dimensions', dimensions, 1],
    ['count', count, 1],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < min) {
      throw new RangeError(`${name}: ${size} must be an integer of at least ${min}, got ${String(value)}`);
    }
  }
  const shape = [count, frames, dimensions, vertices];
  const size = shape.reduce((product, side) => product * side);
  if (positions.length !== size) {
    throw new RangeError(
      `${name}: positions must have ${size} numbers for [${shape.join(', ')}], got ${positions.length}`,
    );
  }
  const wrong = positions.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const vertex = wrong % vertices;
    const axis = Math.floor(wrong / vertices) % dimensions;
    const frame = Math.floor(wrong / (vertices * dimensions)) % frames;
    const recording = Math.floor(wrong / (vertices * dimensions * frames));
    throw new RangeError(
      `${name}: positions must be finite, got ${positions[wrong]} in recording ${recording}, frame ${frame}, ` +
        `coordinate ${axis} of vertex ${vertex}`,
    );
  }
  if (edges === null) return;
  if (edges.length !== count * vertices ** 2) {
    throw new RangeError(
      `${name}: edges must have ${count * vertices ** 2} numbers for [${count}, ${vertices}, ${vertices}], got ${edges.length}`,
    );
  }
  for (let i = 0; i < count; i++) {
    const problem = edgesProblem(edges.subarray(i * vertices ** 2, (i + 1) * vertices ** 2), vertices, truth);
    if (problem !== null)
      throw new RangeError(`${name}: edges must be ${described[truth]}, got ${problem} in recording ${i}`);
  }
}
