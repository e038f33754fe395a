import { type Noise, noNoise } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import type { Applied, ApplyOptions, Expected, JsonValue, Layer } from '../estimator.js';
import { layoutOf } from '../layout.js';
import { meanLoss } from '../meanLoss.js';
import { straightThrough } from '../straightThrough.js';
import type { Structure } from '../structure.js';
import { checkProjection, type Projection, project } from './projection.js';

/** Settings of {@link negativeIdentity}. */
export interface NegativeIdentityOptions {
  /**
   * What is taken out of theta, a row each: its norm (the default, right for every structure: scaling changes no
   * solution), its mean (right only where all states have as many ones), both, or nothing.
   */
  readonly projection?: Projection;
  /** Added to the projected theta; default `noNoise()`: the layer returns the mode. */
  readonly noise?: Noise;
  /** What the noise is multiplied by, in units of the projected theta; default 1. */
  readonly temperature?: number;
}

/**
 * Negative identity: the solver as an identity on the way back, after a projection that takes out of theta what does
 * not change the solution.
 *
 *   z_s  = MAP(P(theta) + epsilon_s),   grad = P'(theta)^T mean_s g_s      (for a minimising solver, the case of the
 *                                                                            paper: -P'(theta)^T mean_s g_s)
 *   P: theta - mean(theta), theta / norm(theta), or the second of the first
 *
 * The projection keeps training from moving theta where no solution changes, and so from shrinking its differences to
 * nothing. Without one this is `straightThrough`.
 *
 * **When to use**: where even one more solve a step is too many. **Bias**: large and of no known sign; it does not
 * vanish with more samples. **Shapes**: theta [B, ..., n] gives z [B, S, ..., n]. **Cost**: 1 batched solve, none
 * backward. Masked (infinite) elements take no part in the projection and get no gradient from it.
 *
 * @throws RangeError when the projection is unknown or the temperature out of its range.
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
 * const grad = tf.grad((theta: tf.Tensor) => layer.apply(theta, { key: key(0) }).z.mul([[2, 3, 4]]).sum());
 * Array.from(grad(tf.tensor2d([[1, 5, 2]])).dataSync()); // => [-1, 0, 1]
 * ```
 * @see Sahoo, Paulus, Vlastelica, Musil, Kuleshov, Martius 2023, arXiv:2205.15213, section 3.
 */
export function negativeIdentity(solver: Structure, options: NegativeIdentityOptions = {}): Layer {
  const { projection = 'norm', noise = noNoise(), temperature = 1 } = options;
  checkProjection('negative-identity', projection);
  return new NegativeIdentity(straightThrough(solver, { noise, temperature }), projection);
}

class NegativeIdentity implements Layer {
  readonly name = 'negative-identity';
  readonly solver: Solver;
  readonly #identity: Layer;
  readonly #projection: Projection;

  constructor(identity: Layer, projection: Projection) {
    this.solver = identity.solver;
    this.#identity = identity;
    this.#projection = projection;
  }

  /** Nothing adapts. */
  get state(): JsonValue {
    return null;
  }

  set state(_saved: JsonValue) {}

  mode(theta: tf.Tensor, context?: Context): tf.Tensor {
    return tf.tidy(() => this.#identity.mode(this.#project(theta), context));
  }

  expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, options: ApplyOptions): Expected {
    return meanLoss(this.name, this.apply(theta, options), loss);
  }

  apply(theta: tf.Tensor, options: ApplyOptions): Applied {
    return this.#identity.apply(this.#project(theta), options);
  }

  #project(theta: tf.Tensor): tf.Tensor {
    layoutOf(this.name, this.solver, theta.shape, 1);
    return project(this.name, theta, this.#projection);
  }
}
