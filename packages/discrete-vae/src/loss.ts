import { bceWithLogits } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';

/**
 * Computes the cross-entropy of grey pixels and their reconstructions, summed over the pixels, in nats.
 *
 *   bce[b, s] = sum_p  softplus(x[b, s, p]) - y[b, p] x[b, s, p]
 *
 * @param logits x, [B, S, P]. @param pixels y in [0, 1], [B, P]. @returns [B, S].
 * @example
 * ```ts
 * import { reconstructionLoss } from '@aimle/discrete-vae';
 * import { useEngine } from '@aimle/engine';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * reconstructionLoss(tf.zeros([1, 1, 10]), tf.ones([1, 10])).dataSync()[0]; // => ~6.9315
 * ```
 * @see arXiv:2209.04862, section 5 (discrete VAE); the official code's `gumbel_loss`.
 */
export function reconstructionLoss(logits: tf.Tensor, pixels: tf.Tensor): tf.Tensor2D {
  return bceWithLogits(logits, pixels).sum(-1) as tf.Tensor2D;
}

/**
 * Computes the divergence of the codes' distribution from the uniform one, summed over the codes, in nats.
 *
 *   kl[b] = sum_m sum_i q[b, m, i] (log q[b, m, i] + log n),   q = softmax(theta) over the n bits of a code
 *
 * It treats a code as one n-way choice, as the official code does, although k of its bits are on (deviation D20), so that
 * results compare with published figures.
 *
 * @param theta [B, m, n]. @returns [B].
 * @example
 * ```ts
 * import { codeDivergence } from '@aimle/discrete-vae';
 * import { useEngine } from '@aimle/engine';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * codeDivergence(tf.tensor3d([[[50, 0, 0, 0]]])).dataSync()[0]; // => ~1.3863
 * ```
 */
export function codeDivergence(theta: tf.Tensor): tf.Tensor1D {
  const n = theta.shape.at(-1)!;
  const logQ = tf.logSoftmax(theta);
  return logQ
    .exp()
    .mul(logQ.add(Math.log(n)))
    .sum([-2, -1]) as tf.Tensor1D;
}
