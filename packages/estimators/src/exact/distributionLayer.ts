import type { Distribution } from '@aimle/distributions';
import { hostFunction } from '@aimle/engine';
import type { Key } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import type { Applied, ApplyOptions, Expected, JsonValue, Layer } from '../estimator.js';
import { instanceOfRow, type Layout, layoutOf, refuseGradient, refuseTheta } from '../layout.js';
import { meanLoss } from '../meanLoss.js';
import { modeOf } from '../mode.js';
import { stepInfo, zeroShare } from '../stepInfo.js';
import { solverOf } from '../structure.js';

/** The states of one call, and how a gradient comes back through them. */
export interface Draw {
  /** rows * n. */
  readonly z: Float64Array;
  /** What a gradient in every row of z, rows * n, makes of theta: instances * n. */
  pull(gradient: Float32Array): Float64Array;
}

/** A layer made of what a distribution computes exactly. Elements that theta forbids have no covariance, so no gradient. */
export class DistributionLayer implements Layer {
  readonly name: string;
  readonly solver: Solver;
  readonly #distribution: Distribution;
  readonly #solverCalls: number;
  readonly #draw: (theta: Float32Array, key: Key, layout: Layout) => Draw;

  constructor(
    name: string,
    distribution: Distribution,
    solverCalls: number,
    draw: (theta: Float32Array, key: Key, layout: Layout) => Draw,
  ) {
    this.name = name;
    this.solver = solverOf(name, distribution);
    this.#distribution = distribution;
    this.#solverCalls = solverCalls;
    this.#draw = draw;
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

  apply(theta: tf.Tensor, { key, samples = 1 }: ApplyOptions): Applied {
    const layout = layoutOf(this.name, this.solver, theta.shape, samples);
    const info = stepInfo(this.#solverCalls, samples);
    let drawn: Draw;
    const z = hostFunction(theta, {
      forward: (host) => {
        refuseInstances(this.name, this.#distribution, host);
        drawn = this.#draw(host, key, layout);
        return { values: Float32Array.from(drawn.z), shape: layout.shape };
      },
      backward: (gradient) => {
        refuseGradient(this.name, gradient, layout.size);
        const pulled = Float32Array.from(drawn.pull(gradient));
        info.sparsity = zeroShare(pulled);
        return pulled;
      },
    });
    return { z, info };
  }
}

/**
 * Throws for a theta that has NaN or Infinity in it or leaves no state, with the number of the instance; what is said of
 * its samples would name a row.
 */
export function refuseInstances(name: string, distribution: Distribution, theta: Float32Array): void {
  refuseTheta(name, theta, distribution.size);
  if (!theta.every(Number.isFinite)) distribution.logPartition(theta);
}

/** The sum over the samples of each instance. */
export function overSamples(rows: Float32Array | Float64Array, layout: Layout): Float64Array {
  const { size } = layout;
  const total = new Float64Array(layout.instances * size);
  const instance = instanceOfRow(layout);
  for (let row = 0; row < layout.rows; row++) {
    const into = instance[row]! * size;
    for (let j = 0; j < size; j++) total[into + j]! += rows[row * size + j]!;
  }
  return total;
}
