import * as tf from '@tensorflow/tfjs';
import { pairsOf } from '../model/pairs.js';
import type { Motions } from './motions.js';

/** Maps positions to [-1, 1]: by the smallest and largest number of a training set, as in the official code. */
export interface PositionScale {
  readonly min: number;
  readonly max: number;
}

/**
 * Finds the smallest and the largest number of recordings.
 *
 * @throws RangeError when all numbers are the same.
 * @example
 * ```ts
 * import { scaleOf } from '@aimle/neural-relational-inference';
 *
 * const positions = Float32Array.of(0, 1, 5, 2);
 * scaleOf({ count: 1, frames: 2, vertices: 2, dimensions: 1, positions, edges: null }); // => { min: 0, max: 5 }
 * ```
 */
export function scaleOf({ positions }: Motions): PositionScale {
  let min = Infinity;
  let max = -Infinity;
  for (const value of positions) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (!(max > min)) {
    throw new RangeError(`scaleOf: positions must differ, got ${min} to ${max}; is anything moving?`);
  }
  return { min, max };
}

/** A batch: motion [B, T, D, n], mapped to [-1, 1]. */
export type RelationalBatch = tf.Tensor4D;

/**
 * Makes a batch for the network: [B, frames, dimensions, vertices], mapped to [-1, 1] by a scale.
 *
 * @param motions - the recordings. @param indices - which of them. @param scale - from {@link scaleOf} of the training set.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { batchOf, simulateGraphLayout } from '@aimle/neural-relational-inference';
 * import { key } from '@aimle/random';
 *
 * await useEngine('auto', { report: () => {} });
 * const motions = simulateGraphLayout({ count: 5, key: key(0) });
 * batchOf(motions, [0, 3], { min: -1, max: 1 }).shape; // => [2, 10, 2, 10]
 * ```
 */
export function batchOf(motions: Motions, indices: ArrayLike<number>, scale: PositionScale): RelationalBatch {
  const { frames, dimensions, vertices, positions } = motions;
  const size = frames * dimensions * vertices;
  const values = new Float32Array(indices.length * size);
  const factor = 2 / (scale.max - scale.min);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * size;
    for (let j = 0; j < size; j++) values[i * size + j] = (positions[from + j]! - scale.min) * factor - 1;
  }
  return tf.tensor4d(values, [indices.length, frames, dimensions, vertices]);
}

/**
 * Returns the true edges of recordings in the layout of z: [B, vertices (vertices - 1) / 2] zeros and ones, (0,1), (0,2),
 * ..., (1,2), ...; directed edges [B, vertices (vertices - 1)], 0->1, 0->2, ..., 1->0, 1->2, ...
 *
 * @throws RangeError when the true edges are not known.
 * @example
 * ```ts
 * import { edgesOf, simulateGraphLayout } from '@aimle/neural-relational-inference';
 * import { key } from '@aimle/random';
 *
 * const motions = simulateGraphLayout({ count: 5, vertices: 3, key: key(0) });
 * edgesOf(motions, [2]).reduce((sum, edge) => sum + edge, 0); // => 2
 * ```
 */
export function edgesOf(
  { edges, vertices }: Motions,
  indices: ArrayLike<number>,
  directed = false,
): Float32Array {
  if (edges === null) throw new RangeError('edgesOf: edges must be known, got recordings without them');
  const { edges: size, edge, sender, receiver } = pairsOf(vertices, directed);
  const z = new Float32Array(indices.length * size);
  for (let b = 0; b < indices.length; b++) {
    edge.forEach((e, pair) => {
      z[b * size + e] = edges[(indices[b]! * vertices + sender[pair]!) * vertices + receiver[pair]!]!;
    });
  }
  return z;
}
