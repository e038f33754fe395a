import { gumbel, type Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { checkOptions } from '@aimle/solvers';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { fixedLambda } from '../perturbation/fixedLambda.js';
import { mirrorOf } from './antithetic.js';
import { DifferenceRule } from './differenceRule.js';
import type { OfficialCode } from './officialCode.js';
import { type Temperature, temperatures } from './perturbAndMap.js';

/** Settings of {@link imle}. */
export interface ImleOptions {
  /** The perturbation size, in units of theta over units of g. Tune it: there is no default. */
  readonly lambda: number;
  /** Default `gumbel()`. */
  readonly noise?: Noise;
  /** Default `forward`, as published. */
  readonly difference?: 'central' | 'forward';
  /** The target: theta moved along the loss (default), or only the direction of the loss, without theta. */
  readonly target?: 'gradient-step' | 'loss-direction';
  /**
   * How the means of theta and of its target are approximated: by perturb-and-MAP (`marginal`) or by the mode
   * (`map`). Default `marginal-marginal`. `marginal-map` is published, but its noise does not cancel, and its bias
   * grows with the width of the noise.
   */
  readonly means?: 'marginal-marginal' | 'marginal-map' | 'map-map';
  /** The factor of the noise: one number, or one for each pass; default 1. */
  readonly temperature?: Temperature;
  /** M, the number of states averaged before changes are counted; z then has S M states on axis 1. Default 1. */
  readonly marginalSamples?: number;
  /**
   * Whether samples come in pairs of opposite noise; default false. It may lower the variance or raise it slightly,
   * as for `aimle`.
   */
  readonly antithetic?: boolean;
  /** Deviations of the paper's official code to reproduce; default none. */
  readonly officialCode?: OfficialCode;
}

/**
 * Builds a layer by implicit maximum likelihood estimation (IMLE) with a fixed perturbation size.
 *
 *   z_s  = MAP(theta + epsilon_s),  epsilon_s ~ rho
 *   grad = mean_s [z_s - MAP(theta - lambda g_s + epsilon_s)] / lambda
 *
 * With `target: 'loss-direction'` the second solve leaves theta out: MAP(-lambda g_s + epsilon_s). `means` leaves the
 * noise out of the second solve (`marginal-map`) or of both (`map-map`). Where the true parameters are known,
 * `implicitLikelihood` takes its target from them.
 *
 * **When to use**: to compare with published results. Otherwise use `aimle`, which finds lambda.
 * **Bias**: as for `aimle`. lambda multiplies the gradient of the loss, so a value tuned for one loss, batch or
 * network does not fit another.
 * **Shapes**: theta [B, ..., n] gives z [B, ..., n], with `samples: S` [B, S, ..., n]. **Cost**: 1 batched solve forward, 1 backward (2 when central,
 * or when the two temperatures differ).
 *
 * @throws RangeError when lambda is not a positive finite number or another option is out of range.
 * @example
 * ```ts
 * import { imle } from '@aimle/estimators';
 * import { spanningTree } from '@aimle/solvers';
 *
 * imle(spanningTree({ vertices: 4 }), { lambda: 10 }).solver.size; // => 6
 * ```
 * @see Niepert, Minervini, Franceschi 2021, arXiv:2106.01798, algorithm 1. The division by lambda is the authors'
 * later correction in their library.
 */
export function imle(solver: Solver, options: ImleOptions): Layer {
  checkOptions('imle', options, {
    lambda: true,
    noise: true,
    difference: true,
    target: true,
    means: true,
    temperature: true,
    marginalSamples: true,
    antithetic: true,
    officialCode: true,
  });
  const { noise = gumbel(), difference = 'forward', target = 'gradient-step', temperature = 1 } = options;
  const { marginalSamples = 1, officialCode = {}, antithetic = false, means = 'marginal-marginal' } = options;
  if (!Number.isInteger(marginalSamples) || marginalSamples < 1) {
    throw new RangeError(`imle: marginalSamples must be a positive integer, got ${marginalSamples}`);
  }
  if (!(options.lambda > 0 && Number.isFinite(options.lambda))) {
    throw new RangeError(`imle: lambda must be a positive finite number, got ${options.lambda}`);
  }
  if (!['marginal-marginal', 'marginal-map', 'map-map'].includes(means)) {
    throw new RangeError(
      `imle: means must be marginal-marginal, marginal-map or map-map, got ${JSON.stringify(means)}`,
    );
  }
  if (means === 'marginal-map' && difference === 'central') {
    throw new RangeError(
      'imle: means must be marginal-marginal or map-map for a central difference, got marginal-map',
    );
  }
  const { forward, backward } = temperatures('imle', temperature);
  return layerOf(
    new DifferenceRule({
      name: 'imle',
      solver,
      options,
      noise,
      mirror: antithetic ? mirrorOf('imle', noise) : null,
      difference,
      policy: fixedLambda(options.lambda),
      temperature: {
        forward: means === 'map-map' ? 0 : forward,
        backward: means === 'marginal-marginal' ? backward : 0,
      },
      thetaWeight: target === 'gradient-step' ? 1 : 0,
      marginalSamples,
      officialCode: means === 'marginal-map' ? { ...officialCode, leftPoint: 'reused' } : officialCode,
    }),
  );
}
