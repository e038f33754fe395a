import * as tf from '@tensorflow/tfjs';
import { EDGE, type Layout } from '../text/layout.js';

/** Vectors of tokens by id, frozen: [words, size]. Zeros where a word has none. */
export interface Embedding {
  readonly size: number;
  readonly values: Float32Array;
}

/** Vectors of the distinct tokens of a layout, [U, size]; the edge has zeros. */
export function vectorsOf({ size, values }: Embedding, { distinct }: Layout): tf.Tensor2D {
  const out = new Float32Array(distinct.length * size);
  distinct.forEach((id, place) => {
    if (place !== EDGE) out.set(values.subarray(id * size, (id + 1) * size), place * size);
  });
  return tf.tensor2d(out, [distinct.length, size]);
}
