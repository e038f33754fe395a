import { hostFunction } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import type { StepInfo } from '../estimator.js';
import { instanceOfRow, type Layout } from '../layout.js';
import { layoutOfLosses, lossesOf, sampleAxis } from '../meanLoss.js';
import { zeroShare } from '../stepInfo.js';

/** The losses of drawn states, on the engine and off it. */
export interface DrawnLosses {
  /** [B, S, ...]. */
  readonly losses: tf.Tensor;
  /** Their mean over samples. */
  readonly mean: tf.Tensor;
  readonly figures: Float64Array;
  readonly layout: Layout;
}

/** Asks the loss about states that are data. Throws when one of its answers is not finite. */
export function lossesOfStates(
  name: string,
  z: tf.Tensor,
  states: Layout,
  loss: (z: tf.Tensor) => tf.Tensor,
): DrawnLosses {
  const losses = lossesOf(name, z, loss);
  const figures = Float64Array.from(losses.dataSync());
  const at = figures.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new RangeError(`${name}: the loss must be finite, got ${figures[at]} for state ${at} of the batch`);
  }
  const mean = tf.mean(losses, sampleAxis(z));
  return { losses, mean, figures, layout: layoutOfLosses(states, losses) };
}

/**
 * The mean loss with a gradient in theta that goes past the states: the score of each of them, weighed by the signal of
 * the loss that it had a part in.
 *
 * @param signal - one number a loss, its baseline taken off.
 * @param pull - the sum over states of a coefficient times the gradient of the state's log-probability.
 */
export function throughScore(
  theta: tf.Tensor,
  { mean, layout }: DrawnLosses,
  states: Layout,
  signal: Float64Array,
  info: StepInfo,
  pull: (coefficients: Float64Array) => Float32Array,
): tf.Tensor {
  const passage = hostFunction(theta, {
    forward: () => ({ values: new Float32Array(layout.instances), shape: mean.shape }),
    backward: (gradient) => {
      const instance = instanceOfRow(layout);
      const sharing = states.rows / Math.max(layout.rows, 1);
      const coefficients = new Float64Array(states.rows);
      for (let row = 0; row < states.rows; row++) {
        const at = Math.floor(row / sharing);
        coefficients[row] = (signal[at]! * gradient[instance[at]!]!) / layout.samples;
      }
      const total = pull(coefficients);
      info.sparsity = zeroShare(total);
      return total;
    },
  });
  // Nothing is added but the way back.
  return tf.add(mean, passage);
}
