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

/** The beginnings of recordings: their first `frames` frames. */
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
 * Holds recordings to what they must be: as many numbers as the sizes say, all of them finite, two vertices and frames
 * or more, and edges that are symmetric spanning trees where they are known.
 *
 * @param motions - the recordings. @param name - what messages call them.
 * @throws RangeError that names the first recording that is not so, and how.
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
export function checkMotions(motions: Motions, name: string): void {
  const { count, frames, vertices, dimensions, positions, edges } = motions;
  for (const [size, value, least] of [
    ['vertices', vertices, 2],
    ['frames', frames, 2],
    ['dimensions', dimensions, 1],
    ['count', count, 1],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new RangeError(`${name}: ${size} must be an integer of at least ${least}, got ${String(value)}`);
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
    const problem = notATree(edges.subarray(i * vertices ** 2, (i + 1) * vertices ** 2), vertices);
    if (problem !== null)
      throw new RangeError(`${name}: edges must be a spanning tree, got ${problem} in recording ${i}`);
  }
}

/** What keeps an adjacency matrix from being a spanning tree, or null. */
function notATree(adjacency: Uint8Array, vertices: number): string | null {
  let edges = 0;
  for (let i = 0; i < vertices; i++) {
    for (let j = 0; j <= i; j++) {
      const value = adjacency[i * vertices + j]!;
      if (value > 1) return `${value} between ${j} and ${i}`;
      if (value !== adjacency[j * vertices + i]) return `an edge between ${j} and ${i} in one direction only`;
      if (i === j && value === 1) return `a loop at ${i}`;
      edges += value;
    }
  }
  const reached = [0];
  const seen = new Set(reached);
  for (let v = reached.pop(); v !== undefined; v = reached.pop()) {
    for (let w = 0; w < vertices; w++) {
      if (adjacency[v * vertices + w] === 1 && !seen.has(w)) {
        seen.add(w);
        reached.push(w);
      }
    }
  }
  if (seen.size < vertices)
    return `a graph in which ${seen.size} of ${vertices} vertices can be reached from 0`;
  return edges === vertices - 1 ? null : `a graph with a cycle, of ${edges} edges`;
}
