import {
  aimle,
  fixed,
  imle,
  type Layer,
  noiseScaled,
  type PerturbationPolicy,
  paperAdaptive,
  straightThrough,
} from '@aimle/estimators';
import { noiseByName } from '@aimle/random';
import { spanningTree } from '@aimle/solvers';
import type { RelationalConfig } from './config.js';

/**
 * The discrete layer that a configuration asks for: the maximum spanning tree of perturbed scores.
 *
 * theta [B, edges] gives z [B, S, edges]; its cost in solver calls is that of the method. Sum-of-Gamma noise is for the
 * n - 1 edges of a tree; the official code takes n (deviation D23).
 *
 * @example
 * ```ts
 * import { neuralRelationalInference, treeLayer } from '@aimle/neural-relational-inference';
 *
 * treeLayer(neuralRelationalInference.presets.paper).solver.size; // => 45
 * ```
 */
export function treeLayer(config: RelationalConfig): Layer {
  const solver = spanningTree({ vertices: config.vertices });
  const noise = noiseByName(config.noise, Math.max(solver.kappa, 1));
  const { temperature, lambda } = config;
  const difference = config.difference === undefined ? {} : { difference: config.difference };
  if (config.method === 'straight-through') return straightThrough(solver, { noise, temperature });
  if (config.method === 'imle') return imle(solver, { noise, temperature, ...difference, lambda });
  return aimle(solver, { noise, temperature, ...difference, perturbation: policyOf(config) });
}

function policyOf(config: RelationalConfig): PerturbationPolicy {
  switch (config.perturbation) {
    case 'noise-scaled':
      return noiseScaled();
    case 'paper':
      return paperAdaptive({ step: config.alphaStep, target: config.changedTarget });
    case 'fixed':
      return fixed(config.lambda);
  }
}
