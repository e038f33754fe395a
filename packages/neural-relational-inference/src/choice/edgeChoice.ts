import {
  differentiable,
  type Estimator,
  estimatorOf,
  type Layer,
  learned,
  movingAverage,
  type ScoreFunctionOptions,
  scoreFunction,
  simple,
  stochasticSoftmax,
} from '@aimle/estimators';
import * as tf from '@tensorflow/tfjs';
import type { RelationalConfig } from '../task/settings.js';
import { structureOf } from './structures.js';

/**
 * How edges are chosen: the estimator to train through, and what is drawn when nothing is trained.
 *
 * @example
 * ```ts
 * import { type EdgeChoice, edgeChoice, neuralRelationalInference } from '@aimle/neural-relational-inference';
 *
 * const choice: EdgeChoice = edgeChoice(neuralRelationalInference.presets.quick);
 * choice.estimator === choice.layer; // => true
 * ```
 */
export interface EdgeChoice {
  readonly estimator: Estimator;
  /** Draws edges that are there or not, by the law of training; for a relaxation, what it relaxes. */
  readonly layer: Layer;
  /**
   * Divergence of the edges' exact law from the one at theta = 0, for each vertex: nats, [B]. Null where edges are the
   * best ones of perturbed scores, whose divergence is that of the scores.
   */
  readonly divergence: ((theta: tf.Tensor2D) => tf.Tensor1D) | null;
}

/**
 * The choice of edges that a configuration asks for.
 *
 * theta [B, edges] gives z [B, S, edges]; the cost in solver calls is that of the method. Sum-of-Gamma noise is for the
 * n - 1 edges of a tree; the official code takes n (deviation D23). `stochastic-softmax` trains on relaxed edges and draws
 * hard ones; `score-function` and `nvil` draw from the exponential family, whose divergence is exact, as it is wherever
 * edges are independent.
 *
 * @param config - method, structure and what they read. @param vertices - where they are not the configuration's.
 * @param predictLoss - the baseline that `nvil` learns: of theta [B, edges], the expected loss [B].
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
  const { solver, distribution, noise: natural } = structureOf(structure, vertices);
  const exact = (): EdgeChoice['divergence'] => {
    const { kl } = differentiable(distribution());
    return (theta) => tf.div(kl(theta, tf.zerosLike(theta)), vertices);
  };
  const divergence = structure === 'independent' ? exact() : null;
  const one = (layer: Layer): EdgeChoice => ({ estimator: layer, layer, divergence });
  switch (method) {
    case 'aimle':
    case 'imle':
    case 'straight-through':
      return one(estimatorOf({ ...config, method }, solver));
    case 'stochastic-softmax': {
      const options = { temperature: relaxation, noise: natural };
      const law = distribution();
      return {
        estimator: stochasticSoftmax(law, options),
        layer: stochasticSoftmax(law, { ...options, hard: true }),
        divergence,
      };
    }
    case 'score-function':
    case 'nvil': {
      const law = distribution();
      const baseline = method === 'nvil' ? learnedBaseline(predictLoss) : baselineOf(config);
      return { estimator: scoreFunction(law, { baseline }), layer: simple(law), divergence: exact() };
    }
  }
}

type Baseline = NonNullable<ScoreFunctionOptions['baseline']>;

function baselineOf({ baseline }: RelationalConfig): Baseline {
  return baseline === 'moving-average' ? movingAverage() : baseline;
}

function learnedBaseline(predictLoss: ((theta: tf.Tensor) => tf.Tensor) | undefined): Baseline {
  if (predictLoss === undefined) {
    throw new RangeError('edgeChoice: nvil needs predictLoss, the baseline that it learns, got none');
  }
  return learned(predictLoss, { normalised: true });
}
