import {
  aimle,
  type Compatibility,
  fixed,
  imle,
  type Layer,
  noiseScaled,
  officialCode,
  type PerturbationPolicy,
  paperAdaptive,
  straightThrough,
} from '@aimle/estimators';
import { type Noise, noiseByName } from '@aimle/random';
import { topK } from '@aimle/solvers';
import type { DiscreteVaeConfig } from './config.js';

/**
 * The discrete layer that a configuration asks for: k of codeSize bits, once for each code.
 *
 * theta [B, codes, codeSize] gives z [B, S, codes, codeSize]; its cost in solver calls is that of the method.
 *
 * @example
 * ```ts
 * import { codeLayer, discreteVae } from '@aimle/discrete-vae';
 *
 * codeLayer(discreteVae.presets.paper).name; // => 'aimle'
 * ```
 */
export function codeLayer(config: DiscreteVaeConfig): Layer {
  const solver = topK({ size: config.codeSize, k: config.k });
  const noise: Noise = noiseByName(config.noise, Math.max(solver.kappa, 1));
  const { temperature, perturbation } = config;
  const difference = config.difference === undefined ? {} : { difference: config.difference };
  // D1 belongs to the official code's adaptive target alone, and its IMLE always uses z as the left point.
  const official: Compatibility = {
    ...officialCode,
    mismatchedLambda: config.method === 'aimle' && perturbation === 'paper',
    leftPoint: config.method === 'imle' ? 'reused' : 'resolved',
  };
  const compatibility = config.compatibility === 'official' ? official : {};
  if (config.method === 'straight-through') return straightThrough(solver, { noise, temperature });
  if (config.method === 'imle') {
    return imle(solver, { noise, temperature, ...difference, compatibility, lambda: config.lambda });
  }
  // The secant pushes theta outwards, which the codes' divergence then pays for (apps/docs/pages/results/perturbation-size.md).
  return aimle(solver, {
    noise,
    temperature,
    ...difference,
    compatibility,
    perturbation: policyOf(config),
    slope: 'tangent',
  });
}

function policyOf(config: DiscreteVaeConfig): PerturbationPolicy {
  switch (config.perturbation) {
    case 'noise-scaled':
      return noiseScaled({ instances: 'apart' });
    case 'paper':
      return paperAdaptive({ step: config.alphaStep, target: config.changedTarget });
    case 'fixed':
      return fixed(config.lambda);
  }
}
