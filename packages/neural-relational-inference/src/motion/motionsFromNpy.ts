import { FormatError, type NpyArray } from '@aimle/datasets';
import { checkMotions, type Motions } from './motions.js';
import type { EdgeTruth } from './truth.js';

/**
 * Makes recordings from NumPy arrays in the layouts of the official files: positions [N, T, D, n], edges [N, n, n].
 *
 * Elements of edges are 0 or 1, or -1 and 1, as in the official code. Positions of double precision are rounded to
 * single.
 *
 * @param positions - from `readNpy` of `@aimle/datasets`. @param edges - null if the true edges are not known.
 * @param name - their name in messages. @param truth - required kind of the edges, as in {@link checkMotions}.
 * @throws FormatError when a shape or an element is invalid; RangeError as {@link checkMotions}.
 * @example
 * ```ts
 * import { motionsFromNpy } from '@aimle/neural-relational-inference';
 *
 * const positions = { dtype: 'f8', shape: [1, 2, 1, 2], data: Float64Array.of(0, 1, 0.5, 1) } as const;
 * const edges = { dtype: 'i8', shape: [1, 2, 2], data: BigInt64Array.of(0n, 1n, 1n, 0n) } as const;
 * motionsFromNpy(positions, edges, 'mine').frames; // => 2
 * ```
 */
export function motionsFromNpy(
  positions: NpyArray,
  edges: NpyArray | null,
  name: string,
  truth: EdgeTruth = 'tree',
): Motions {
  const { shape } = positions;
  if (shape.length !== 4) {
    throw new FormatError(
      `${name}: positions must have shape [recordings, frames, dimensions, vertices], got [${shape.join(', ')}]`,
    );
  }
  const [count, frames, dimensions, vertices] = shape as unknown as [number, number, number, number];
  if (edges !== null && edges.shape.join() !== [count, vertices, vertices].join()) {
    throw new FormatError(
      `${name}: edges must have shape [${count}, ${vertices}, ${vertices}] beside positions of [${shape.join(', ')}], ` +
        `got [${edges.shape.join(', ')}]`,
    );
  }
  const { data } = positions;
  const motions: Motions = {
    count,
    frames,
    dimensions,
    vertices,
    positions: data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>, Number),
    edges: edges && zerosAndOnes(edges.data, name),
  };
  checkMotions(motions, name, truth);
  return motions;
}

function zerosAndOnes(data: NpyArray['data'], name: string): Uint8Array {
  const edges = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    if (value !== 1 && value !== 0 && value !== -1) {
      throw new FormatError(`${name}: edges must be 0 or 1, or -1 and 1, got ${value} at element ${i}`);
    }
    edges[i] = value === 1 ? 1 : 0;
  }
  return edges;
}
