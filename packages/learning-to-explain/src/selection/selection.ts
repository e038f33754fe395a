import { subsets } from '@aimle/distributions';
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
import { categorical, type Solver, topK } from '@aimle/solvers';
import type { LearningToExplainConfig } from '../settings.js';
import { allThatReach } from './allThatReach.js';
import { forgetfulSubset } from './forgetfulSubset.js';

const L2X_TEMPERATURE = 0.1;
const SUBSET_TEMPERATURE = 0.5;

/** How words are chosen without noise: the k best, or with `ties: 'all'` all that reach the k-th score. */
export function choiceOf({ k, maxLength, ties }: LearningToExplainConfig): Solver {
  return ties === 'first' ? topK({ size: maxLength, k }) : allThatReach(maxLength, k);
}

/**
 * The estimator that a configuration asks for: k of maxLength positions.
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
      // The network has far more parameters than a batch has texts (docs/results/l2x.md).
      return estimatorOf({ ...config, method }, solver, {
        aimle: { slope: 'tangent', draws: config.draws },
        noiseScaled: { instances: 'apart' },
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
      return simple(subsets({ size: maxLength, k }));
    case 'score-function': {
      const baseline = samples > 1 ? { baseline: 'leave-one-out' as const } : {};
      return scoreFunction(subsets({ size: maxLength, k }), baseline);
    }
  }
}

function concrete(config: LearningToExplainConfig): Estimator {
  const { k, maxLength: size } = config;
  const options = { temperature: config.relaxation || L2X_TEMPERATURE, noise: relaxedNoise(config) };
  return config.concrete === 'greatest'
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
