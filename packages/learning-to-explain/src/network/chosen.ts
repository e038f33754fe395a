import { hostCallback } from '@aimle/engine';
import type * as tf from '@tensorflow/tfjs';
import type { TextLayout } from '../text/layout.js';

/** Sums the states [B, S, length] by distinct token, to [B S, U], so that not every position needs a vector. */
export function chosenTokens(z: tf.Tensor, { rows, length, tokenAt, distinct }: TextLayout): tf.Tensor2D {
  const kinds = distinct.length;
  const samples = z.size / (rows * length);
  return hostCallback(z, {
    forward(states) {
      const out = new Float32Array(rows * samples * kinds);
      for (let row = 0; row < rows * samples; row++) {
        const place = Math.floor(row / samples) * length;
        for (let i = 0; i < length; i++) {
          const chosen = states[row * length + i]!;
          if (chosen !== 0) out[row * kinds + tokenAt[place + i]!]! += chosen;
        }
      }
      return { values: out, shape: [rows * samples, kinds] };
    },
    backward(gradient) {
      const out = new Float32Array(z.size);
      for (let row = 0; row < rows * samples; row++) {
        const place = Math.floor(row / samples) * length;
        for (let i = 0; i < length; i++) out[row * length + i] = gradient[row * kinds + tokenAt[place + i]!]!;
      }
      return out;
    },
  }) as tf.Tensor2D;
}
