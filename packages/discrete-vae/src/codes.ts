import { estimatorOf, type Layer } from '@aimle/estimators';
import { topK } from '@aimle/solvers';
import type { DiscreteVaeConfig } from './settings.js';

/**
 * Builds the discrete layer of a configuration: k of codeSize bits for each code.
 *
 * theta [B, codes, codeSize] gives z [B, S, codes, codeSize]. **Cost**: solver calls of the method.
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
    officialCode: config.officialCode,
    // The curvature correction pushes theta outwards, at the cost of the codes' divergence (results, perturbation size).
    aimle: { curvatureCorrection: false },
    noiseScaled: { scaleWithBatch: false },
  });
}
