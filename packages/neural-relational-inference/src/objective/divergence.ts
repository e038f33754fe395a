import type * as tf from '@tensorflow/tfjs';

/**
 * Computes the divergence of the perturbed weights, Gumbel around theta, from Gumbel around 0, in nats per vertex.
 *
 *   kl[b] = c/n sum_e (theta_e + exp(-theta_e) - 1)
 *
 * It bounds the divergence of the trees themselves, which are a function of the weights. `official` counts every
 * undirected edge twice, c = 2, as the official code does, once per direction, although both share one noise (deviation
 * D26); `consistent` counts it once. Both count directed edges once.
 *
 * @param theta [B, edges]. @param vertices n. @param convention Default `official`. @returns [B].
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { gumbelDivergence } from '@aimle/neural-relational-inference';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * gumbelDivergence(tf.tensor2d([[1, 0, 0]]), 3).dataSync()[0]; // => ~0.24525
 * ```
 * @see Paulus et al., arXiv:2006.08063; the official code's `kl_gumbel`.
 */
export function gumbelDivergence(
  theta: tf.Tensor2D,
  vertices: number,
  convention: 'official' | 'consistent' = 'official',
): tf.Tensor1D {
  const directed = theta.shape[1] === vertices * (vertices - 1);
  const count = convention === 'official' && !directed ? 2 : 1;
  return theta
    .add(theta.neg().exp())
    .sub(1)
    .sum<tf.Tensor1D>(1)
    .mul(count / vertices);
}
