import { noiseByName } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { type AimleOptions, aimle } from '../aimle.js';
import { blackBox } from '../blackBox.js';
import { type Compatibility, officialCode } from '../compatibility.js';
import type { Layer } from '../estimator.js';
import { imle } from '../imle.js';
import { fixed } from '../perturbation/fixed.js';
import { type NoiseScaledOptions, noiseScaled } from '../perturbation/noiseScaled.js';
import { paperAdaptive } from '../perturbation/paperAdaptive.js';
import type { PerturbationPolicy } from '../perturbation/policy.js';
import { perturbedOptimiser } from '../perturbed/perturbedOptimiser.js';
import { straightThrough } from '../straightThrough.js';
import type { EstimatorSettings } from './estimatorSettings.js';

/** What a task decides for its users. */
export interface EstimatorDecisions {
  /** More options of `aimle`. */
  readonly aimle?: Pick<AimleOptions, 'slope' | 'draws' | 'antithetic'>;
  /** Options of the noise-scaled perturbation. */
  readonly noiseScaled?: NoiseScaledOptions;
  /** Gradients as the official code has them, where it departs from its formulas (D1, D5, D6). Default `none`. */
  readonly compatibility?: 'none' | 'official';
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
    compatibility: decisions.compatibility === 'official' ? officialFor(settings) : {},
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
      return fixed(settings.lambda);
  }
}

/** D1 belongs to the official code's adaptive target alone, and its IMLE always uses z as the left point. */
function officialFor({ method, perturbation }: EstimatorSettings): Compatibility {
  return {
    ...officialCode,
    mismatchedLambda: method === 'aimle' && perturbation === 'paper',
    leftPoint: method === 'imle' ? 'reused' : 'resolved',
  };
}
