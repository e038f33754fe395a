import { noiseByName } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { type AimleOptions, aimle } from '../difference/aimle.js';
import { blackBox } from '../difference/blackBox.js';
import { imle } from '../difference/imle.js';
import { type OfficialCode, officialCode } from '../difference/officialCode.js';
import { straightThrough } from '../identity/straightThrough.js';
import type { Layer } from '../layer/estimator.js';
import { fixedLambda } from '../perturbation/fixedLambda.js';
import { type NoiseScaledOptions, noiseScaled } from '../perturbation/noiseScaled.js';
import { paperAdaptive } from '../perturbation/paperAdaptive.js';
import type { PerturbationPolicy } from '../perturbation/policy.js';
import { perturbedOptimiser } from '../score/perturbedOptimiser.js';
import type { EstimatorSettings } from './estimatorSettings.js';

/** What a task decides for its users. */
export interface EstimatorDecisions {
  /** More options of `aimle`. */
  readonly aimle?: Pick<AimleOptions, 'curvatureCorrection' | 'draws' | 'antithetic'>;
  /** Options of the noise-scaled perturbation. */
  readonly noiseScaled?: NoiseScaledOptions;
  /** `on`: gradients as the official code computes them, where it differs from the paper's formulas (D1, D5, D6). Default `off`. */
  readonly officialCode?: 'off' | 'on';
}

/**
 * Builds the layer that settings describe. Sum-of-Gamma noise is that of the solver's kappa, the number of ones of a state.
 *
 * @throws RangeError when a setting is out of its range.
 * @example
 * ```ts
 * import { estimatorOf } from '@aimle/estimators';
 * import { topK } from '@aimle/solvers';
 *
 * const settings = {
 *   method: 'imle', samples: 1, noise: 'gumbel', temperature: 1, perturbation: 'fixed', lambda: 10,
 *   alphaStep: 1e-3, changedTarget: 1,
 * } as const;
 * estimatorOf(settings, topK({ size: 20, k: 10 })).name; // => 'imle'
 * ```
 */
export function estimatorOf(
  settings: EstimatorSettings,
  solver: Solver,
  decisions: EstimatorDecisions = {},
): Layer {
  const { method, temperature, lambda } = settings;
  const noise = noiseByName(settings.noise, Math.max(solver.kappa, 1));
  const perturbed = {
    noise,
    temperature,
    ...(settings.difference !== undefined && { difference: settings.difference }),
    officialCode: decisions.officialCode === 'on' ? officialFor(settings) : {},
  };
  switch (method) {
    case 'aimle': {
      const perturbation = policyOf(settings, decisions.noiseScaled);
      return aimle(solver, { ...decisions.aimle, ...perturbed, perturbation });
    }
    case 'imle':
      return imle(solver, { ...perturbed, lambda });
    case 'straight-through':
      return straightThrough(solver, { noise, temperature });
    case 'black-box':
      return blackBox(solver, { lambda });
    case 'perturbed-optimiser':
      return perturbedOptimiser(solver, { noise, sigma: temperature });
  }
}

function policyOf(settings: EstimatorSettings, options: NoiseScaledOptions = {}): PerturbationPolicy {
  switch (settings.perturbation) {
    case 'noise-scaled':
      return noiseScaled(options);
    case 'paper':
      return paperAdaptive({ step: settings.alphaStep, target: settings.changedTarget });
    case 'fixed':
      return fixedLambda(settings.lambda);
  }
}

/** D1 belongs to the official code's adaptive target alone, and its IMLE always uses z as the left point. */
function officialFor({ method, perturbation }: EstimatorSettings): OfficialCode {
  return {
    ...officialCode,
    mismatchedLambda: method === 'aimle' && perturbation === 'paper',
    leftPoint: method === 'imle' ? 'reused' : 'resolved',
  };
}
