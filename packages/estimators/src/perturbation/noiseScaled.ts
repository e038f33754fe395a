import type { PerturbationPolicy } from './policy.js';

/** How many noise widths the perturbation spans when one sample is all there is. */
const WIDTHS = 1.7;

/**
 * The perturbation size that needs no constant from the user: a fixed number of noise widths, fewer with more samples.
 *
 *   lambda = 1.7 * std(noise) / spread(g) * (S sqrt(B))^(-1/3)
 *
 * The bias of the estimate depends on how far theta moves relative to the width of the noise, its variance falls with
 * the samples that are averaged; balancing the two gives the exponent. The norm of theta plays no part. B, the
 * instances that share parameters, counts as sqrt(B) more samples: their variances average out, their biases do not.
 *
 * When to use: by default, for structures whose states all have as many ones (k-subsets, trees): there a g that is the
 * same in all coordinates (spread 0) favours no state, and the gradient is zero.
 *
 * @example
 * ```ts
 * import { noiseScaled } from '@aimle/estimators';
 *
 * const scales = { thetaNorm: 9, gradientNorm: 9, gradientSpread: 0.5, noiseStd: 1, samples: 1, batch: 1 };
 * noiseScaled().lambda(null, scales); // => 3.4
 * ```
 * @see The balance of bias and sparsity is that of arXiv:2209.04862, section 3; the rule is ours.
 */
export function noiseScaled(): PerturbationPolicy<null> {
  return {
    name: 'noise-scaled',
    scope: 'instance',
    needsNoise: true,
    init: () => null,
    lambda: (_state, { noiseStd, gradientSpread, samples, batch }) =>
      gradientSpread > 0
        ? ((WIDTHS * noiseStd) / gradientSpread) * (samples * Math.sqrt(batch)) ** (-1 / 3)
        : 0,
    update: () => null,
    check: () => {},
  };
}
