import { checkOptions } from '@aimle/solvers';
import { describedAs } from '../layer/describe.js';
import type { PerturbationPolicy } from './policy.js';

/** The perturbation of a single sample, in widths of the noise. */
const WIDTHS = 1.7;

/** Weight of the past in the running sums. */
const DECAY = 0.99;

/** Settings of {@link noiseScaled}. */
export interface NoiseScaledOptions {
  /**
   * Whether the batch size counts in lambda. `true` (default): B instances count as sqrt(B) times as many samples,
   * for models whose instances share few parameters, so that their noise averages out. `false`: B does not count, for
   * a network with far more parameters than instances.
   */
  readonly scaleWithBatch?: boolean;
}

/** Running sums over what perturbations changed. */
export type NoiseScaledState = {
  /** Squared changes of the number of ones. */
  readonly size: number;
  /** Changed coordinates. */
  readonly coordinates: number;
};

/**
 * Builds the default policy, which needs no constants: lambda is a fixed number of noise widths, fewer with more
 * samples.
 *
 *   lambda = 1.7 * std(noise) / spread * (S sqrt(B))^(-1/3),   spread^2 = Var(g) + r mean(g)^2
 *
 * over the coordinates of g. The bias of the estimate depends on how far theta moves relative to the width of the
 * noise; its variance falls with the number of averaged samples. Balancing the two gives the exponent. The norm of
 * theta has no effect. B instances that share parameters count as sqrt(B) times as many samples: their variances
 * average out, their biases only in part. With `scaleWithBatch: false` B counts as 1.
 *
 * By default a batch has one lambda, from the root mean square of its instances' spreads. Instances with a small g
 * are then perturbed little and get sparse estimates; with a separate lambda they would get noisy ones.
 *
 * r, from 0 to 1, says whether the mean of g matters. Where all states have the same number of ones (k-subsets,
 * trees), a g that is equal in all coordinates favours no state, and r is 0. Where bits flip independently, r is 1.
 * It is the mean of (change of the number of ones)^2 over that of changed coordinates in about the last hundred
 * passes, starting from 0.
 *
 * **When to use**: by default. `scaleWithBatch: false`, with `curvatureCorrection: false`, suits large networks such
 * as the discrete VAE. Small models that many instances share train better with the defaults (docs: results,
 * perturbation size).
 *
 * @throws RangeError when `scaleWithBatch` is not a boolean.
 * @example
 * ```ts
 * import { noiseScaled } from '@aimle/estimators';
 *
 * const scales = {
 *   thetaNorm: 9, gradientNorm: 9, gradientSpread: 0.5, gradientMean: 7, noiseStd: 1, samples: 1, batch: 1,
 * };
 * noiseScaled().lambda(noiseScaled().init(), scales); // => 3.4
 * ```
 * @see The balance of bias and sparsity is that of arXiv:2209.04862, section 3; the rule is ours.
 */
export function noiseScaled(options: NoiseScaledOptions = {}): PerturbationPolicy<NoiseScaledState> {
  checkOptions('noiseScaled', options, { scaleWithBatch: true });
  const { scaleWithBatch = true } = options;
  if (typeof scaleWithBatch !== 'boolean') {
    throw new RangeError(
      `noiseScaled: scaleWithBatch must be true or false, got ${JSON.stringify(scaleWithBatch)}`,
    );
  }
  const policy: PerturbationPolicy<NoiseScaledState> = {
    name: 'noise-scaled',
    scope: 'batch',
    curvatureCorrection: true,
    needsNoise: true,
    init: () => ({ size: 0, coordinates: 0 }),
    lambda: ({ size, coordinates }, scales) => {
      const { noiseStd, gradientSpread, gradientMean, samples, batch } = scales;
      const free = coordinates > 0 ? Math.min(1, size / coordinates) : 0;
      const spread = Math.sqrt(gradientSpread ** 2 + free * gradientMean ** 2);
      const count = scaleWithBatch ? samples * Math.sqrt(batch) : samples;
      return spread > 0 ? ((WIDTHS * noiseStd) / spread) * count ** (-1 / 3) : 0;
    },
    update: ({ size, coordinates }, { changedSize, changedCoordinates }) => ({
      size: DECAY * size + changedSize,
      coordinates: DECAY * coordinates + changedCoordinates,
    }),
    check: (state) => {
      const { size, coordinates } = (state ?? {}) as Partial<NoiseScaledState>;
      if (![size, coordinates].every(Number.isFinite)) {
        throw new RangeError(
          `noiseScaled: a saved state must have finite size and coordinates, got ${JSON.stringify(state)}`,
        );
      }
    },
  };
  return describedAs(policy, () => ({ name: 'noise-scaled', options }));
}
