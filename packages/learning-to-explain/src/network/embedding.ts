import * as tf from '@tensorflow/tfjs';
import { EDGE, type TextLayout } from '../text/layout.js';

/** Frozen word vectors by token id: [words, size]; zeros for words without one. */
export interface Embedding {
  readonly size: number;
  readonly values: Float32Array;
}

/** Gathers the vectors of a layout's distinct tokens, [U, size]; the edge has zeros. */
export function vectorsOf({ size, values }: Embedding, { distinct }: TextLayout): tf.Tensor2D {
  const out = new Float32Array(distinct.length * size);
  distinct.forEach((id, place) => {
    if (place !== EDGE) out.set(values.subarray(id * size, (id + 1) * size), place * size);
  });
  return tf.tensor2d(out, [distinct.length, size]);
}
