import * as tf from '@tensorflow/tfjs';

/** The variance of a predicted coordinate that the paper fixes. */
const VARIANCE = 5e-5;

/**
 * Computes the negative log-likelihood of a motion under Gaussian predictions of fixed variance, in nats per vertex, up to a
 * constant.
 *
 *   nll[b, s] = 1/n sum_{t, d, v} (prediction[b, s, t, d, v] - motion[b, t + 1, d, v])^2 / (2 variance)
 *
 * As in the official code, the constant 1/2 log(2 pi variance) of each coordinate is dropped, and n is the number of
 * vertices. {@link gaussianConstant} returns it.
 *
 * @param predictions [B, S, T - 1, D, n]. @param motion [B, T, D, n]. @param variance Default 5e-5. @returns [B, S].
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { negativeLogLikelihood } from '@aimle/neural-relational-inference';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const motion = tf.zeros<tf.Rank.R4>([1, 3, 2, 4]);
 * negativeLogLikelihood(tf.fill([1, 1, 2, 2, 4], 0.01), motion).dataSync()[0]; // => ~4
 * ```
 * @see The official code's `nll_gaussian`.
 */
export function negativeLogLikelihood(
  predictions: tf.Tensor,
  motion: tf.Tensor4D,
  variance = VARIANCE,
): tf.Tensor2D {
  const [batch, frames, dimensions, vertices] = motion.shape;
  const target = motion.slice([0, 1, 0, 0], [batch, frames - 1, dimensions, vertices]).expandDims(1);
  return tf
    .squaredDifference(predictions, target)
    .sum([2, 3, 4])
    .div(2 * variance * vertices) as tf.Tensor2D;
}

/**
 * Computes the constant that {@link negativeLogLikelihood} drops, in nats per vertex: (T - 1) D / 2 log(2 pi variance). It is negative for small variances.
 *
 * @param frames T. @param dimensions D. @param variance Default 5e-5.
 * @example
 * ```ts
 * import { gaussianConstant } from '@aimle/neural-relational-inference';
 *
 * gaussianConstant(10, 2); // => ~-72.59
 * ```
 */
export function gaussianConstant(frames: number, dimensions: number, variance = VARIANCE): number {
  return (((frames - 1) * dimensions) / 2) * Math.log(2 * Math.PI * variance);
}

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
