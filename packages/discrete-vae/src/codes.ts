import {
  aimle,
  type Estimator,
  fixed,
  imle,
  noiseScaled,
  type PerturbationPolicy,
  paperAdaptive,
  straightThrough,
} from '@aimle/estimators';
import { type Noise, noiseByName } from '@aimle/random';
import { topK } from '@aimle/solvers';
import type { DiscreteVaeConfig } from './config.js';

/** The discrete layer that a configuration asks for: k of codeSize bits, once for each code. */
export function codeLayer(config: DiscreteVaeConfig): Estimator {
  const solver = topK({ size: config.codeSize, k: config.k });
  const noise: Noise = noiseByName(config.noise, Math.max(solver.kappa, 1));
  const { difference, temperature } = config;
  if (config.method === 'straight-through') return straightThrough(solver, { noise, temperature });
  if (config.method === 'imle')
    return imle(solver, { noise, temperature, difference, lambda: config.lambda });
  return aimle(solver, { noise, temperature, difference, perturbation: policyOf(config) });
}

function policyOf(config: DiscreteVaeConfig): PerturbationPolicy {
  switch (config.perturbation) {
    case 'noise-scaled':
      return noiseScaled();
    case 'paper':
      return paperAdaptive({ step: config.alphaStep, target: config.changedTarget });
    case 'fixed':
      return fixed(config.lambda);
  }
}
