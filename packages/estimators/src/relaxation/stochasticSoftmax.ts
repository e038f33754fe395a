import type { Distribution } from '@aimle/distributions';
import { gumbel, type Noise } from '@aimle/random';
import type { Layer } from '../estimator.js';
import { DistributionLayer, overSamples } from '../exact/distributionLayer.js';
import { drawNoise } from '../perturbAndMap.js';
import { forRows } from '../repeat.js';
import { distributionOf } from '../structure.js';
import { checkTemperature } from './subsetSolver.js';

/** Settings of {@link stochasticSoftmax}. */
export interface StochasticSoftmaxOptions {
  /** tau; default 1. */
  readonly temperature?: number;
  /** Whether states are discrete, MAP(theta + epsilon), and only their gradient relaxed. Default false. */
  readonly hard?: boolean;
  /** Default `gumbel()`. */
  readonly noise?: Noise;
  /**
   * How far a perturbed score over tau may lie below the instance's greatest; the rest is raised to there. Default: any
   * distance, for these distributions take it. Published with 15 for spanning trees.
   */
  readonly maxRange?: number;
}

/**
 * Stochastic softmax tricks under exponential-family entropy: the Gumbel-softmax of any structure that has marginals.
 *
 *   z_s = mu((theta + epsilon_s) / tau)      (the marginals, in the hull of the states)
 *   hard: z_s = MAP(theta + epsilon_s) on the way forward, with the gradient of the above (straight-through)
 *
 * With `categoricals` it is `gumbelSoftmax`, with `subsets` relaxed k-subsets, with `spanningTrees` relaxed trees. As tau
 * goes to 0, z_s becomes the state MAP(theta + epsilon_s).
 *
 * **When to use**: where the loss makes sense between states and the structure has a distribution. **Bias**: exact for
 * the relaxed expectation, biased for the discrete one; less as tau falls, where the variance grows. Hard states are seen
 * by the loss as they are, with a gradient that is biased in either case. **Shapes**: theta [B, ..., n] gives
 * z [B, S, ..., n]. **Cost**: B S marginals forward (hard: 1 batched solve), B S products Cov[z] v backward.
 * `-Infinity` in theta forbids an element.
 *
 * @param distribution - of `@aimle/distributions`, such as `spanningTrees({ vertices })`.
 * @throws RangeError when it is given a solver (the message names the distribution that fits), or temperature or maxRange
 * is not positive.
 * @example
 * ```ts
 * import { spanningTrees } from '@aimle/distributions';
 * import { useEngine } from '@aimle/engine';
 * import { stochasticSoftmax } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const tree = stochasticSoftmax(spanningTrees({ vertices: 4 }), { temperature: 0.5 });
 * const { z } = tree.apply(tf.zeros([1, 6]), { key: key(1) });
 * z.sum().dataSync()[0]?.toFixed(5); // => '3.00000'
 * ```
 * @see Paulus, Choi, Tarlow, Krause, Maddison 2020, arXiv:2006.08063, sections 3 and 4.
 */
export function stochasticSoftmax(distribution: Distribution, options: StochasticSoftmaxOptions = {}): Layer {
  const name = 'stochastic-softmax';
  const { temperature = 1, hard = false, noise = gumbel(), maxRange = Infinity } = options;
  const law = distributionOf(name, distribution);
  checkTemperature(name, temperature);
  if (!(maxRange > 0)) throw new RangeError(`${name}: maxRange must be a positive number, got ${maxRange}`);
  const { size } = law;
  return new DistributionLayer(name, law, hard ? 1 : 0, (theta, key, layout) => {
    const epsilon = drawNoise(noise, key, layout);
    const scores = Float64Array.from(
      forRows(theta, layout),
      (score, i) => (score + (epsilon?.[i] ?? 0)) / temperature,
    );
    const raised = raise(scores, size, maxRange);
    return {
      z: hard ? law.mode(scores) : law.marginals(raised.scores),
      pull(gradient) {
        const product = law.marginalsProduct(raised.scores, gradient);
        for (let i = 0; i < product.length; i++) product[i]! /= temperature;
        return overSamples(raised.pull(product), layout);
      },
    };
  });
}

/** What lies further than the range below the greatest of its row is raised to there, but for what is forbidden. */
function raise(
  scores: Float64Array,
  size: number,
  range: number,
): { scores: Float64Array; pull(gradient: Float64Array): Float64Array } {
  if (range === Infinity) return { scores, pull: (gradient) => gradient };
  const near = scores.slice();
  const leader = new Int32Array(scores.length / size);
  for (let row = 0; row < leader.length; row++) {
    const from = row * size;
    let top = from;
    for (let i = from; i < from + size; i++) if (scores[i]! > scores[top]!) top = i;
    const floor = scores[top]! - range;
    for (let i = from; i < from + size; i++) {
      if (scores[i]! < floor && scores[i]! > -Infinity) near[i] = floor;
    }
    leader[row] = top;
  }
  return {
    scores: near,
    pull(gradient) {
      for (let i = 0; i < near.length; i++) {
        if (near[i] === scores[i]) continue;
        // It moves with the greatest, no longer by itself.
        gradient[leader[Math.floor(i / size)]!]! += gradient[i]!;
        gradient[i] = 0;
      }
      return gradient;
    },
  };
}
