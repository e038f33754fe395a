import { type Noise, noNoise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { checkOptions } from '@aimle/solvers';
import { temperatures } from '../difference/perturbAndMap.js';
import { PerturbedPasses } from '../difference/perturbedPasses.js';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { sumOfSamples } from '../layer/rows.js';
import type { Rule } from '../layer/rule.js';
import { signOf } from '../layer/structure.js';

/** Settings of {@link straightThrough}. */
export interface StraightThroughOptions {
  /** Default `noNoise()`: the layer returns the mode. */
  readonly noise?: Noise;
  /** The factor of the noise; default 1. */
  readonly temperature?: number;
}

/**
 * Builds the straight-through estimator: the solver forward, the identity backward.
 *
 *   z_s  = MAP(theta + epsilon_s),   grad = mean_s g_s      (for a minimising solver: z_s = MAP(theta - epsilon_s),
 *                                                            grad = -mean_s g_s)
 *
 * **When to use**: as a baseline, or where you cannot afford even one more solve per step.
 * **Bias**: large and of unknown sign; more samples do not remove it. **Shapes**: theta [B, ..., n] gives z [B, ...,
 * n], with `samples: S` [B, S, ..., n]. **Cost**: 1 batched solve, none backward.
 *
 * @throws RangeError when the temperature is out of range.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { straightThrough } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const layer = straightThrough(topK({ size: 3, k: 1 }));
 * const grad = tf.grad((theta: tf.Tensor) => layer.sample(theta, { key: key(0) }).mul([[2, 3, 4]]).sum());
 * Array.from(grad(tf.tensor2d([[1, 5, 2]])).dataSync()); // => [2, 3, 4]
 * ```
 * @see Bengio, Leonard, Courville 2013, arXiv:1308.3432, section 4.
 */
export function straightThrough(solver: Solver, options: StraightThroughOptions = {}): Layer {
  checkOptions('straightThrough', options, { noise: true, temperature: true });
  const { noise = noNoise(), temperature = 1 } = options;
  return layerOf({ ...straightThroughRule('straight-through', solver, noise, temperature), options });
}

/** The rule of estimators that treat the solver as the identity in the backward pass. */
export function straightThroughRule(
  name: string,
  solver: Solver,
  noise: Noise,
  temperature: number,
): Omit<Rule, 'options'> {
  const passes = PerturbedPasses.ofSolutions(solver, noise, temperatures(name, temperature));
  return {
    name,
    solver,
    forward(theta, layout, { key, context }) {
      const sign = signOf(solver);
      return {
        z: passes.start({ layout, theta, key, context }).z,
        solverCalls: 1,
        // dL/dz of a mean over samples is g_s / S, so the sum is the mean of g_s.
        vjp: (gradient) => ({ gradient: Float32Array.from(sumOfSamples(gradient, layout), (g) => sign * g) }),
      };
    },
  };
}
