import { gumbel, type Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { noiseScaled } from '../perturbation/noiseScaled.js';
import type { PerturbationPolicy, PerturbationScope } from '../perturbation/policy.js';
import { mirrorOf } from './antithetic.js';
import { DifferenceRule } from './differenceRule.js';
import type { OfficialCode } from './officialCode.js';
import { type Temperature, temperatures } from './temperature.js';

/** Settings of {@link aimle}. Every one has a default that works. */
export interface AimleOptions {
  /** rho, the noise of perturb-and-MAP; default `gumbel()`. */
  readonly noise?: Noise;
  /** Default `central`: less bias for one more solve. */
  readonly difference?: 'central' | 'forward';
  /** How lambda is chosen; default `noiseScaled()`. */
  readonly perturbation?: PerturbationPolicy;
  /** Whether each instance has its own lambda or the batch has one; default: what the policy was made for. */
  readonly scope?: PerturbationScope;
  /**
   * Whether a learned curvature term is first subtracted from dL/dz ({@link curvatureCorrection}); no extra solves.
   * Default: what the perturbation was made for.
   */
  readonly curvatureCorrection?: boolean;
  /** What the noise is multiplied by, one number or one for each pass; default 1. */
  readonly temperature?: Temperature;
  /** M: how many states are averaged before the policy counts changes; z then has S M states on axis 1. Default 1. */
  readonly marginalSamples?: number;
  /**
   * How many draws of the noise the difference is averaged over: the sample's own and, above 1, fresh ones. They cost
   * solves but no loss: g stays that of the sample. Default 1; more is worth it where a solve costs less than the model.
   */
  readonly draws?: number;
  /**
   * Whether samples come in pairs of opposite noise; default false. Never costs a solve, and needs S of 2 or more. On 10 of
   * 20 the variance was 0.75 to 1.09 times that without: less for losses that are not linear in z, more for some that are.
   */
  readonly antithetic?: boolean;
  /** Deviations of the paper's official code to reproduce; default none. */
  readonly officialCode?: OfficialCode;
}

/**
 * Adaptive implicit maximum likelihood estimation: a discrete layer whose gradient needs nothing but the solver.
 *
 *   z_s  = MAP(theta + epsilon_s),  epsilon_s ~ rho
 *   grad = mean_s [MAP(theta + lambda g_s + epsilon_s) - MAP(theta - lambda g_s + epsilon_s)] / (2 lambda)     central
 *   grad = mean_s [z_s - MAP(theta - lambda g_s + epsilon_s)] / lambda                                         forward
 *
 * with g_s the gradient of sample s's loss in z_s, and lambda from the perturbation policy. For a minimising solver
 * noise and perturbation change sign, and so does the difference.
 *
 * **When to use**: for any structure with a solver; this is the estimator to start with.
 * **Bias**: grows with lambda (O(lambda) forward, less central); as lambda goes to 0 it vanishes and the estimate
 * becomes zero almost always. It estimates the gradient of the perturb-and-MAP expectation, not of the Gibbs one.
 * **Variance**: falls with S, and with `draws` for the part that the noise of the difference has in it.
 * **Shapes**: theta [B, ..., n] gives z [B, ..., n], with `samples: S` [B, S, ..., n]. **Cost**: 1 batched solve of B S rows forward; backward 2
 * central, 1 forward (2 when the two temperatures differ), and 2 more for each draw after the first.
 *
 * @throws RangeError when an option is out of its range, or antithetic is asked of a noise without a known mirror image.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { aimle } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const select = aimle(topK({ size: 4, k: 2 }));
 * const theta = tf.tensor2d([[9, 0, -9, 8]]);
 * Array.from(select.sample(theta, { key: key(1) }).dataSync()); // => [1, 0, 0, 1]
 * select.sample(theta, { key: key(1), samples: 3 }).shape; // => [1, 3, 4]
 * ```
 * @see Minervini, Franceschi, Niepert 2023, arXiv:2209.04862, algorithm 1 and section 3.
 */
export function aimle(solver: Solver, options: AimleOptions = {}): Layer {
  const { noise = gumbel(), difference = 'central', perturbation = noiseScaled() } = options;
  const { scope = perturbation.scope, temperature = 1, marginalSamples = 1 } = options;
  const { antithetic = false, draws = 1, officialCode = {} } = options;
  const { curvatureCorrection = perturbation.curvatureCorrection } = options;
  for (const [name, count] of Object.entries({ marginalSamples, draws })) {
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(`aimle: ${name} must be a positive integer, got ${count}`);
    }
  }
  const widths = temperatures('aimle', temperature);
  if (perturbation.needsNoise && noise.std * widths.backward === 0) {
    throw new RangeError(
      `aimle: the ${perturbation.name} perturbation is measured in widths of the noise, got noise "${noise.name}" at ` +
        `backward temperature ${widths.backward}. Give a noise such as gumbel() and a temperature above 0, or a ` +
        'perturbation such as fixedLambda(lambda).',
    );
  }
  return layerOf(
    new DifferenceRule({
      name: 'aimle',
      solver,
      options,
      noise,
      mirror: antithetic ? mirrorOf('aimle', noise) : null,
      difference,
      policy: perturbation,
      scope,
      curvatureCorrection,
      temperature: widths,
      marginalSamples,
      draws,
      officialCode,
    }),
  );
}
