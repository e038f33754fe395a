import {
  differentiable,
  type Estimator,
  estimatorOf,
  type Layer,
  learnedBaseline,
  movingAverageBaseline,
  type ScoreFunctionOptions,
  scoreFunction,
  simple,
  stochasticSoftmax,
} from '@aimle/estimators';
import * as tf from '@tensorflow/tfjs';
import type { RelationalConfig } from '../task/settings.js';
import { structureOf } from './structures.js';

/** How edges are chosen: the estimator for training, and the layer that draws edges in evaluation. */
export interface EdgeChoice {
  readonly estimator: Estimator;
  /** Draws hard edges from the distribution of training; for a relaxation, from the one that it relaxes. */
  readonly layer: Layer;
  /**
   * Divergence of the edges' exact distribution from the one at theta = 0, in nats per vertex, [B]. Null where edges are the
   * best ones under perturbed scores: the divergence is then that of the scores.
   */
  readonly divergence: ((theta: tf.Tensor2D) => tf.Tensor1D) | null;
}

/**
 * Builds the choice of edges of a configuration.
 *
 * theta [B, edges] gives z [B, S, edges]. **Cost**: solver calls of the method. Sum-of-Gamma noise has kappa n - 1, the
 * edges of a tree; the official code takes n (deviation D23). `stochastic-softmax` trains on relaxed edges and draws
 * hard ones; `score-function` and `nvil` draw from the exponential family, whose divergence is exact, as it is wherever
 * edges are independent.
 *
 * @param config - method, structure and their settings. @param vertices - default: those of the configuration.
 * @param predictLoss - the baseline that `nvil` learns: maps theta [B, edges] to the expected loss [B].
 * @throws RangeError when `nvil` has no baseline.
 * @example
 * ```ts
 * import { edgeChoice, neuralRelationalInference } from '@aimle/neural-relational-inference';
 *
 * const { quick } = neuralRelationalInference.presets;
 * edgeChoice(quick).layer.solver.size; // => 45
 * edgeChoice({ ...quick, structure: 'arborescence' }).layer.solver.size; // => 90
 * edgeChoice({ ...quick, method: 'stochastic-softmax' }).estimator.name; // => 'stochastic-softmax'
 * ```
 */
export function edgeChoice(
  config: RelationalConfig,
  vertices: number = config.vertices,
  predictLoss?: (theta: tf.Tensor) => tf.Tensor,
): EdgeChoice {
  const { method, structure, relaxation } = config;
  const { distribution, noise: natural } = structureOf(structure, vertices);
  const exact = (): EdgeChoice['divergence'] => {
    const { kl } = differentiable(distribution);
    return (theta) => tf.div(kl(theta, tf.zerosLike(theta)), vertices);
  };
  const divergence = structure === 'independent' ? exact() : null;
  const one = (layer: Layer): EdgeChoice => ({ estimator: layer, layer, divergence });
  switch (method) {
    case 'aimle':
    case 'imle':
    case 'straight-through':
      return one(estimatorOf({ ...config, method }, distribution));
    case 'stochastic-softmax': {
      const options = { temperature: relaxation, noise: natural };
      return {
        estimator: stochasticSoftmax(distribution, options),
        layer: stochasticSoftmax(distribution, { ...options, hard: true }),
        divergence,
      };
    }
    case 'score-function':
    case 'nvil': {
      const baseline = method === 'nvil' ? learnedBaselineOf(predictLoss) : baselineOf(config);
      return {
        estimator: scoreFunction(distribution, { baseline }),
        layer: simple(distribution),
        divergence: exact(),
      };
    }
  }
}

type Baseline = NonNullable<ScoreFunctionOptions['baseline']>;

function baselineOf({ baseline }: RelationalConfig): Baseline {
  return baseline === 'moving-average' ? movingAverageBaseline() : baseline;
}

function learnedBaselineOf(predictLoss: ((theta: tf.Tensor) => tf.Tensor) | undefined): Baseline {
  if (predictLoss === undefined) {
    throw new RangeError('edgeChoice: nvil needs predictLoss, the baseline that it learns, got none');
  }
  return learnedBaseline(predictLoss, { normalised: true });
}
