import type { Distribution } from '@aimle/distributions';
import { foldIn } from '@aimle/random';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { refusePart } from '../layer/parts.js';
import { forRows, sumOfSamples } from '../layer/rows.js';
import { refuseInfeasible, requireDistribution, signOf } from '../layer/structure.js';

/**
 * Builds SIMPLE: exact samples forward, the exact derivative of their marginals backward.
 *
 *   z_s ~ p(z; theta),   grad = (d mu / d theta)^T mean_s g_s = Cov[z] mean_s g_s      (negated when minimising)
 *
 * This is the gradient of the surrogate stop(z_s - mu) + mu. It was published for k-subsets and works here for any
 * distribution; the blocks of a theta [B, m, n] are independent.
 *
 * **When to use**: where the structure has a distribution; often the best of the cheap estimators. **Bias**: none for
 * a loss that is linear in z. Other losses are linearised at the drawn states, and neither more samples nor smaller
 * steps remove that bias. Its variance comes only from g_s. **Shapes**: theta [B, ..., n] gives z [B, ..., n], with
 * `samples: S` [B, S, ..., n]. **Cost**: S draws forward, one Cov[z] v backward for any S; no solver call.
 * `-Infinity` in theta forbids an element.
 *
 * @param distribution - for k-subsets `topK({ size, k })` of `@aimle/distributions`.
 * @throws RangeError when given a solver: the message names the import that has probabilities.
 * @example
 * ```ts
 * import { topK } from '@aimle/distributions';
 * import { useEngine } from '@aimle/engine';
 * import { simple } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const layer = simple(topK({ size: 2, k: 1 }));
 * const grad = tf.grad((theta: tf.Tensor) => layer.sample(theta, { key: key(0) }).mul([[1, 0]]).sum());
 * Array.from(grad(tf.tensor2d([[0, 0]])).dataSync()); // => [0.25, -0.25]
 * ```
 * @see Ahmed, Zeng, Niepert, Van den Broeck 2023, arXiv:2210.01941, section 3.
 */
export function simple(distribution: Distribution): Layer {
  const name = 'simple';
  requireDistribution(name, distribution);
  const sign = signOf(distribution);
  return layerOf({
    name,
    solver: distribution,
    options: {},
    forward(theta, layout, { key }) {
      refusePart(name, layout.part);
      refuseInfeasible(distribution, theta);
      return {
        z: Float32Array.from(distribution.sample(foldIn(key, 'states'), forRows(theta, layout))),
        solverCalls: 0,
        vjp: (gradient) => {
          const product = distribution.covarianceProduct(theta, sumOfSamples(gradient, layout));
          return { gradient: Float32Array.from(product, (value) => sign * value) };
        },
      };
    },
  });
}
