import type { Distribution } from '@aimle/distributions';
import { gumbel, type Noise } from '@aimle/random';
import { checkOptions } from '@aimle/solvers';
import { drawNoise } from '../difference/perturbAndMap.js';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { forRows, sumOfSamples } from '../layer/rows.js';
import { refuseInfeasible, requireDistribution, signOf } from '../layer/structure.js';
import { checkTemperature } from './relaxedRule.js';

/** Settings of {@link stochasticSoftmax}. */
export interface StochasticSoftmaxOptions {
  /** tau; default 1. */
  readonly temperature?: number;
  /** Whether states are discrete, MAP(theta + epsilon), and only their gradient is relaxed. Default false. */
  readonly hard?: boolean;
  /** Default `gumbel()`. */
  readonly noise?: Noise;
  /**
   * The maximum distance of a perturbed score over tau below the instance's highest; lower scores are raised to it.
   * Default: no limit, which these distributions allow. Published with 15 for spanning trees.
   */
  readonly maxRange?: number;
}

/**
 * Builds the stochastic softmax trick under exponential-family entropy: the Gumbel-softmax of any structure that has marginals.
 *
 *   z_s = mu((theta + epsilon_s) / tau)      (the marginals, in the hull of the states)
 *   hard: z_s = MAP(theta + epsilon_s) forward, with the gradient of the above (straight-through)
 *
 * With `categorical` it is `gumbelSoftmax`, with `topK` relaxed k-subsets, with `spanningTree` relaxed trees. As tau
 * goes to 0, z_s becomes the state MAP(theta + epsilon_s).
 *
 * **When to use**: where the loss is defined between states and the structure has a distribution. **Bias**: exact for
 * the relaxed expectation, biased for the discrete one. As tau falls, the bias falls and the variance grows. With
 * hard states the loss receives discrete states, and the gradient is biased for both expectations. **Shapes**: theta
 * [B, ..., n] gives z [B, ..., n], with `samples: S` [B, S, ..., n]; a minimising structure reads costs, and
 * subtracts the noise. **Cost**: B S marginals forward (hard: 1 batched solve), B S products Cov[z] v backward.
 * `-Infinity` in theta forbids an element.
 *
 * @param distribution - of `@aimle/distributions`, such as `spanningTree({ vertices })`.
 * @throws RangeError when given a solver (the message names the import that has probabilities), or when temperature
 * or maxRange is not positive.
 * @example
 * ```ts
 * import { spanningTree } from '@aimle/distributions';
 * import { useEngine } from '@aimle/engine';
 * import { stochasticSoftmax } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const tree = stochasticSoftmax(spanningTree({ vertices: 4 }), { temperature: 0.5 });
 * const z = tree.sample(tf.zeros([1, 6]), { key: key(1) });
 * z.sum().dataSync()[0]?.toFixed(5); // => '3.00000'
 * ```
 * @see Paulus, Choi, Tarlow, Krause, Maddison 2020, arXiv:2006.08063, sections 3 and 4.
 */
export function stochasticSoftmax(distribution: Distribution, options: StochasticSoftmaxOptions = {}): Layer {
  checkOptions('stochasticSoftmax', options, { temperature: true, hard: true, noise: true, maxRange: true });
  const name = 'stochastic-softmax';
  const { temperature = 1, hard = false, noise = gumbel(), maxRange = Infinity } = options;
  requireDistribution(name, distribution);
  checkTemperature(name, temperature);
  if (!(maxRange > 0)) throw new RangeError(`${name}: maxRange must be a positive number, got ${maxRange}`);
  const { size } = distribution;
  const sign = signOf(distribution);
  return layerOf({
    name,
    solver: distribution,
    // No range is the default, and JSON has no Infinity.
    options: maxRange === Infinity ? { ...options, maxRange: undefined } : options,
    forward(theta, layout, { key, context }) {
      refuseInfeasible(distribution, theta);
      const epsilon = drawNoise(noise, key, layout);
      const perturbed = Float64Array.from(
        forRows(theta, layout),
        (value, i) => value + sign * (epsilon?.[i] ?? 0),
      );
      const near = raise(
        perturbed.map((value) => value / temperature),
        size,
        sign,
        maxRange,
      );
      const z = new Float32Array(perturbed.length);
      if (hard) distribution.solve(Float32Array.from(perturbed), z, layout.rows, context);
      else z.set(distribution.marginals(near.values));
      return {
        z,
        solverCalls: hard ? 1 : 0,
        vjp(gradient) {
          const product = near.vjp(distribution.covarianceProduct(near.values, gradient));
          const total = sumOfSamples(product, layout);
          return { gradient: Float32Array.from(total, (value) => (sign * value) / temperature) };
        },
      };
    },
  });
}

/** Raises every score that lies further than `range` below the highest of its row, except forbidden ones. */
function raise(
  values: Float64Array,
  size: number,
  sign: 1 | -1,
  range: number,
): { values: Float64Array; vjp(gradient: Float64Array): Float64Array } {
  if (range === Infinity) return { values, vjp: (gradient) => gradient };
  const near = values.slice();
  const leader = new Int32Array(values.length / size);
  for (let row = 0; row < leader.length; row++) {
    const from = row * size;
    let top = from;
    for (let i = from; i < from + size; i++) if (sign * values[i]! > sign * values[top]!) top = i;
    const floor = sign * values[top]! - range;
    for (let i = from; i < from + size; i++) {
      if (sign * values[i]! < floor && sign * values[i]! > -Infinity) near[i] = sign * floor;
    }
    leader[row] = top;
  }
  return {
    values: near,
    vjp(gradient) {
      for (let i = 0; i < near.length; i++) {
        if (near[i] === values[i]) continue;
        // A raised score moves with the highest one.
        gradient[leader[Math.floor(i / size)]!]! += gradient[i]!;
        gradient[i] = 0;
      }
      return gradient;
    },
  };
}
