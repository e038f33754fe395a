import { gumbel, type Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { checkOptions } from '@aimle/solvers';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { checkTemperature, relaxedRule, subsetSize } from './relaxedRule.js';
import { successiveSoftmax } from './successiveSoftmax.js';

/** Settings of {@link relaxedSubset}. */
export interface RelaxedSubsetOptions {
  /** tau; default 0.5, as published. Keep it below 1: from 1 on, an element may exceed 1. */
  readonly temperature?: number;
  /** Whether states are k-subsets and only their gradient is relaxed. Default false. */
  readonly hard?: boolean;
  /** Default `gumbel()`. */
  readonly noise?: Noise;
}

/**
 * Builds relaxed subset sampling: k successive softmaxes, each over what the earlier ones have left.
 *
 *   w_1 = theta + epsilon_s,  p_t = softmax(w_t / tau),  w_(t+1) = w_t + log(1 - p_t),  z_s = p_1 + ... + p_k
 *   hard: z_s = MAP(theta + epsilon_s) forward, with the gradient of the above
 *
 * As tau goes to 0, z_s becomes the k-subset MAP(theta + epsilon_s). log(1 - p) is computed from the weight of the
 * other elements, so it is accurate even for an element far ahead, which is not chosen twice.
 *
 * **When to use**: for k-subsets, where the loss is defined between states. **Bias**: exact for the relaxed
 * expectation, biased for the discrete one. As tau falls, the bias falls and the variance grows. **Shapes**: theta
 * [B, ..., n] gives z [B, ..., n], with `samples: S` [B, S, ..., n], each summing to k; a minimising solver reads
 * costs. **Cost**: O(k n) per state; no solver call, hard 1. Where fewer than k elements are unmasked,
 * masked ones have to make up k, as in the solver.
 *
 * @param solver - `topK({ size, k })` or `categorical({ size })`; it sets n and k, and computes the mode and the hard
 * states.
 * @throws RangeError when the solver is for another structure, or the temperature is not positive.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { relaxedSubset } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const select = relaxedSubset(topK({ size: 5, k: 2 }));
 * const z = select.sample(tf.tensor2d([[3, 1, 4, 1, 5]]), { key: key(1) });
 * z.sum().dataSync()[0]?.toFixed(5); // => '2.00000'
 * ```
 * @see Xie, Ermon 2019, arXiv:1901.10517, algorithm 2. The hard form of their code takes the k largest of z; ours
 * takes MAP(theta + epsilon), which z tends to. The AIMLE authors' version keeps only the last mask.
 */
export function relaxedSubset(solver: Solver, options: RelaxedSubsetOptions = {}): Layer {
  checkOptions('relaxedSubset', options, { temperature: true, hard: true, noise: true });
  const { temperature = 0.5, hard = false, noise = gumbel() } = options;
  const name = 'relaxed-subset';
  const k = subsetSize(name, solver);
  checkTemperature(name, temperature);
  return layerOf({
    ...relaxedRule(name, solver, successiveSoftmax(solver.size, k, temperature), noise, hard),
    options,
  });
}
