import { hostFunction } from '@aimle/engine';
import type * as tf from '@tensorflow/tfjs';

/**
 * The greatest value of each channel over each run of sites: [N, channels] to [rows, channels]. The gradient goes to the
 * first of equals.
 *
 * @param starts - run r is the sites from starts[r] to starts[r + 1], without the last, which is an edge.
 */
export function greatest(x: tf.Tensor2D, starts: Int32Array): tf.Tensor2D {
  const [count, channels] = x.shape;
  const rows = starts.length - 1;
  const best = new Int32Array(rows * channels);
  return hostFunction(x, {
    forward(values) {
      const out = new Float32Array(rows * channels);
      for (let row = 0; row < rows; row++) {
        const to = row * channels;
        const first = starts[row]!;
        for (let c = 0; c < channels; c++) {
          out[to + c] = values[first * channels + c]!;
          best[to + c] = first;
        }
        for (let site = first + 1; site < starts[row + 1]! - 1; site++) {
          const from = site * channels;
          for (let c = 0; c < channels; c++) {
            if (values[from + c]! > out[to + c]!) {
              out[to + c] = values[from + c]!;
              best[to + c] = site;
            }
          }
        }
      }
      return { values: out, shape: [rows, channels] };
    },
    backward(gradient) {
      const out = new Float32Array(count * channels);
      for (let i = 0; i < best.length; i++) out[best[i]! * channels + (i % channels)]! += gradient[i]!;
      return out;
    },
  }) as tf.Tensor2D;
}
