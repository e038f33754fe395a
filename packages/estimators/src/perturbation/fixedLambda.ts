import { describedAs } from '../layer/describe.js';
import type { PerturbationPolicy } from './policy.js';

/**
 * Builds the policy of one perturbation size for all steps, as in implicit maximum likelihood estimation (IMLE).
 *
 * lambda multiplies g = S dL/dz, whose scale depends on the loss and on the batch, so tune it for each problem.
 * **When to use**: to compare with published IMLE settings; otherwise use {@link noiseScaled}.
 *
 * @param lambda a positive number, in units of theta over units of g.
 * @throws RangeError when lambda is not a positive finite number.
 * @example
 * ```ts
 * import { fixedLambda } from '@aimle/estimators';
 *
 * const scales = {
 *   thetaNorm: 9, gradientNorm: 9, gradientSpread: 0.5, gradientMean: 7, noiseStd: 1, samples: 1, batch: 1,
 * };
 * fixedLambda(10).lambda(null, scales); // => 10
 * ```
 * @see Niepert, Minervini, Franceschi 2021, arXiv:2106.01798, algorithm 1.
 */
export function fixedLambda(lambda: number): PerturbationPolicy<null> {
  if (!(lambda > 0 && Number.isFinite(lambda))) {
    throw new RangeError(`fixedLambda: lambda must be a positive finite number, got ${lambda}`);
  }
  const policy: PerturbationPolicy<null> = {
    name: 'fixed',
    scope: 'batch',
    curvatureCorrection: false,
    needsNoise: false,
    init: () => null,
    lambda: () => lambda,
    update: () => null,
    check: () => {},
  };
  return describedAs(policy, () => ({ name: 'fixed', options: { lambda } }));
}
