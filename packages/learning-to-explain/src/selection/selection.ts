import { topK as topKDistribution } from '@aimle/distributions';
import {
  concreteSubset,
  type Estimator,
  estimatorOf,
  gumbelSoftmax,
  relaxedSubset,
  scoreFunction,
  simple,
} from '@aimle/estimators';
import { gumbel, type Noise } from '@aimle/random';
import { categorical, custom, type Solver, topK } from '@aimle/solvers';
import type { LearningToExplainConfig } from '../settings.js';
import { forgetfulSubset } from './forgetfulSubset.js';

const L2X_TEMPERATURE = 0.1;
const SUBSET_TEMPERATURE = 0.5;

/** Returns the solver that chooses words without noise: the k best, or with `ties: 'all'` all that reach the k-th score. */
export function choiceOf({ k, maxLength, ties }: LearningToExplainConfig): Solver {
  return ties === 'first' ? topK({ size: maxLength, k }) : thresholdTopK(maxLength, k);
}

/**
 * Builds the estimator of a configuration: k of maxLength positions.
 *
 * @example
 * ```ts
 * import { learningToExplain, selectionEstimator } from '@aimle/learning-to-explain';
 *
 * selectionEstimator({ ...learningToExplain.presets.quick, method: 'simple' }).name; // => 'simple'
 * ```
 */
export function selectionEstimator(config: LearningToExplainConfig): Estimator {
  const { k, maxLength, method, samples } = config;
  const solver = choiceOf(config);
  switch (method) {
    case 'aimle':
    case 'imle':
    case 'straight-through':
      // The network has far more parameters than a batch has texts (results of l2x).
      return estimatorOf({ ...config, method }, solver, {
        aimle: { curvatureCorrection: false, draws: config.draws },
        noiseScaled: { scaleWithBatch: false },
      });
    case 'l2x':
      return concrete(config);
    case 'relaxed-subset': {
      const tau = config.relaxation || SUBSET_TEMPERATURE;
      const own = relaxedNoise(config);
      const layer = relaxedSubset(topK({ size: maxLength, k }), { temperature: tau, noise: own });
      return config.chosenBefore === 'all'
        ? layer
        : forgetfulSubset(layer, { k, temperature: tau, noise: own });
    }
    case 'simple':
      return simple(topKDistribution({ size: maxLength, k }));
    case 'score-function': {
      const baseline = samples > 1 ? { baseline: 'leave-one-out' as const } : {};
      return scoreFunction(topKDistribution({ size: maxLength, k }), baseline);
    }
  }
}

function concrete(config: LearningToExplainConfig): Estimator {
  const { k, maxLength: size } = config;
  const options = { temperature: config.relaxation || L2X_TEMPERATURE, noise: relaxedNoise(config) };
  return config.concrete === 'max'
    ? concreteSubset(topK({ size, k }), options)
    : gumbelSoftmax(categorical({ size }), options);
}

function relaxedNoise({ relaxedNoise: name }: LearningToExplainConfig): Noise {
  const plain = gumbel();
  if (name === 'gumbel') return plain;
  return {
    name,
    mean: -plain.mean,
    std: plain.std,
    fill(key, out) {
      plain.fill(key, out);
      for (let i = 0; i < out.length; i++) out[i] = -out[i]!;
    },
  };
}

/** Selects all items that reach the k-th largest score: more than k where scores tie (deviation D9). */
function thresholdTopK(size: number, k: number): Solver {
  return custom({
    name: 'thresholdTopK',
    size,
    kappa: k,
    solve: (theta) => {
      const threshold = Float32Array.from(theta).sort()[size - k]!;
      return theta.map((score) => (score >= threshold && score !== Number.NEGATIVE_INFINITY ? 1 : 0));
    },
  });
}
