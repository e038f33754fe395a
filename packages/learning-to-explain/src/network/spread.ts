import { hostFunction } from '@aimle/engine';
import type * as tf from '@tensorflow/tfjs';
import type { Layout } from '../text/layout.js';

/** Whether padding may be chosen, as in the AIMLE authors' code, or is masked by minus infinity. */
export type Padding = 'masked' | 'selectable';

/**
 * Scores of sites [N] at every position of the padded texts, [rows, length]. At least `k` positions of a text have one, so
 * that k of them can be chosen.
 */
export function spread(scores: tf.Tensor, layout: Layout, padding: Padding, k: number): tf.Tensor2D {
  const { rows, length, siteAt } = layout;
  const masked = (row: number): number =>
    padding === 'masked' ? Math.min(layout.padding[row]!, length - k) : 0;
  return hostFunction(scores, {
    forward(values) {
      const out = new Float32Array(rows * length);
      for (let row = 0; row < rows; row++) {
        const from = row * length;
        const first = from + masked(row);
        out.fill(Number.NEGATIVE_INFINITY, from, first);
        for (let i = first; i < from + length; i++) out[i] = values[siteAt[i]!]!;
      }
      return { values: out, shape: [rows, length] };
    },
    backward(gradient) {
      const out = new Float32Array(scores.size);
      for (let row = 0; row < rows; row++) {
        const from = row * length;
        for (let i = from + masked(row); i < from + length; i++) out[siteAt[i]!]! += gradient[i]!;
      }
      return out;
    },
  }) as tf.Tensor2D;
}
