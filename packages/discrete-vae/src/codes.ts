import { estimatorOf, type Layer } from '@aimle/estimators';
import { topK } from '@aimle/solvers';
import type { DiscreteVaeConfig } from './settings.js';

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
  return estimatorOf(config, topK({ size: config.codeSize, k: config.k }), {
    compatibility: config.compatibility,
    // The secant pushes theta outwards, which the codes' divergence then pays for (docs/results/perturbation-size.md).
    aimle: { slope: 'tangent' },
    noiseScaled: { instances: 'apart' },
  });
}
