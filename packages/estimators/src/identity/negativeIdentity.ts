import { type Noise, noNoise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { checkOptions } from '@aimle/solvers';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { checkProjection, type Projection, project } from './projection.js';
import { straightThroughRule } from './straightThrough.js';

/** Settings of {@link negativeIdentity}. */
export interface NegativeIdentityOptions {
  /**
   * What is projected out of each row of theta: its norm (default; valid for every structure, since scaling changes
   * no solution), its mean (valid only where all states have the same number of ones), both, or nothing.
   */
  readonly projection?: Projection;
  /** Added to the projected theta; default `noNoise()`: the layer returns the mode. */
  readonly noise?: Noise;
  /** The factor of the noise, in units of the projected theta; default 1. */
  readonly temperature?: number;
}

/**
 * Builds the negative-identity estimator: the solver forward and the identity backward, after a projection that
 * removes from theta what does not change the solution.
 *
 *   z_s  = MAP(P(theta) + epsilon_s),   grad = P'(theta)^T mean_s g_s      (for a minimising solver, the case of the
 *                                                                            paper: -P'(theta)^T mean_s g_s)
 *   P: theta - mean(theta), theta / norm(theta), or the second of the first
 *
 * Without noise the solver gets theta itself, since the projection changes no solution and could only round.
 *
 * The projection stops training from moving theta along directions that change no solution, which would shrink the
 * differences within theta to zero. Without it this is `straightThrough`.
 *
 * **When to use**: where you cannot afford even one more solve per step. **Bias**: large and of unknown sign; more
 * samples do not remove it. **Shapes**: theta [B, ..., n] gives z [B, ..., n], with `samples: S` [B, S, ..., n].
 * **Cost**: 1 batched solve, none backward. Masked (infinite) elements are ignored by the projection and get no
 * gradient.
 *
 * @throws RangeError when the projection is unknown or the temperature is out of range.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { negativeIdentity } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const layer = negativeIdentity(topK({ size: 3, k: 1 }), { projection: 'mean' });
 * const grad = tf.grad((theta: tf.Tensor) => layer.sample(theta, { key: key(0) }).mul([[2, 3, 4]]).sum());
 * Array.from(grad(tf.tensor2d([[1, 5, 2]])).dataSync()); // => [-1, 0, 1]
 * ```
 * @see Sahoo, Paulus, Vlastelica, Musil, Kuleshov, Martius 2023, arXiv:2205.15213, section 3.
 */
export function negativeIdentity(solver: Solver, options: NegativeIdentityOptions = {}): Layer {
  checkOptions('negativeIdentity', options, { projection: true, noise: true, temperature: true });
  const { projection = 'norm', noise = noNoise(), temperature = 1 } = options;
  const name = 'negative-identity';
  checkProjection(name, projection);
  const identity = straightThroughRule(name, solver, noise, temperature);
  return layerOf({
    name,
    solver,
    options,
    forward(theta, layout, call) {
      const projected = project(theta, layout.size, projection);
      const point = noise.std * temperature === 0 ? theta : projected.values;
      const { z, solverCalls, vjp } = identity.forward(point, layout, call);
      return { z, solverCalls, vjp: (gradient) => ({ gradient: projected.vjp(vjp(gradient).gradient) }) };
    },
  });
}
