import { hostFunction } from '@aimle/engine';
import { type Noise, noNoise } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import type { Applied, ApplyOptions, Expected, JsonValue, Layer } from './estimator.js';
import { layoutOf, refuseGradient, refuseTheta } from './layout.js';
import { meanLoss } from './meanLoss.js';
import { modeOf } from './mode.js';
import { drawNoise, Scratch, signOf, solveAt } from './perturbAndMap.js';
import { stepInfo, zeroShare } from './stepInfo.js';
import { type Structure, solverOf } from './structure.js';
import { temperatures } from './temperature.js';

/** Settings of {@link straightThrough}. */
export interface StraightThroughOptions {
  /** Default `noNoise()`: the layer returns the mode. */
  readonly noise?: Noise;
  /** What the noise is multiplied by; default 1. */
  readonly temperature?: number;
}

/**
 * The straight-through estimator: the solver on the way forward, the identity on the way back.
 *
 *   z_s  = MAP(theta + epsilon_s),   grad = mean_s g_s      (for a minimising solver: z_s = MAP(theta - epsilon_s),
 *                                                            grad = -mean_s g_s)
 *
 * **When to use**: as a baseline, or where a solve is so dear that not even one more can be afforded.
 * **Bias**: large and of no known sign; it does not vanish with more samples. **Shapes**: theta [B, ..., n] gives
 * z [B, S, ..., n]. **Cost**: 1 batched solve, none backward.
 *
 * @throws RangeError when the temperature is out of its range.
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
 * const grad = tf.grad((theta: tf.Tensor) => layer.apply(theta, { key: key(0) }).z.mul([[2, 3, 4]]).sum());
 * Array.from(grad(tf.tensor2d([[1, 5, 2]])).dataSync()); // => [2, 3, 4]
 * ```
 * @see Bengio, Leonard, Courville 2013, arXiv:1308.3432, section 4.
 */
export function straightThrough(solver: Structure, options: StraightThroughOptions = {}): Layer {
  return new StraightThrough(
    solverOf('straight-through', solver),
    options.noise ?? noNoise(),
    options.temperature ?? 1,
  );
}

class StraightThrough implements Layer {
  readonly name = 'straight-through';
  readonly solver: Solver;
  readonly #noise: Noise;
  readonly #temperature: number;
  readonly #scratch = new Scratch();

  constructor(solver: Solver, noise: Noise, temperature: number) {
    this.solver = solver;
    this.#noise = noise;
    this.#temperature = temperatures(this.name, temperature).forward;
  }

  /** Nothing adapts. */
  get state(): JsonValue {
    return null;
  }

  set state(_saved: JsonValue) {}

  mode(theta: tf.Tensor, context?: Context): tf.Tensor {
    return modeOf(this.name, this.solver, theta, context);
  }

  expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, options: ApplyOptions): Expected {
    return meanLoss(this.name, this.apply(theta, options), loss);
  }

  apply(theta: tf.Tensor, { key, samples = 1, context }: ApplyOptions): Applied {
    const layout = layoutOf(this.name, this.solver, theta.shape, samples);
    const info = stepInfo(1, samples);
    const sign = signOf(this.solver);
    const z = hostFunction(theta, {
      forward: (host) => {
        refuseTheta(this.name, host, layout.size);
        const values = new Float32Array(layout.rows * layout.size);
        const point = {
          theta: host,
          weight: 1,
          gradient: null,
          step: null,
          epsilon: drawNoise(this.#noise, key, layout),
          temperature: sign * this.#temperature,
        };
        solveAt(this.solver, point, layout, this.#scratch, values, context);
        return { values, shape: layout.shape };
      },
      backward: (gradient) => {
        refuseGradient(this.name, gradient, layout.size);
        const { batch, events, size } = layout;
        const block = events * size;
        const total = new Float32Array(batch * block);
        // dL/dz of a mean over samples is g_s / S: their sum is the mean of g_s.
        for (let row = 0; row < batch * samples; row++) {
          const out = Math.floor(row / samples) * block;
          for (let j = 0; j < block; j++) total[out + j]! += sign * gradient[row * block + j]!;
        }
        info.sparsity = zeroShare(total);
        return total;
      },
    });
    return { z, info };
  }
}
