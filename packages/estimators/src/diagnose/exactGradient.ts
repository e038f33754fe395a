import type { Distribution } from '@aimle/distributions';
import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { exactExpectation } from '../exact/exactExpectation.js';
import type { Layout } from '../layout.js';
import { lossesOf } from '../meanLoss.js';

/** More states than this are not summed over, of an instance. */
const MOST_STATES = 100_000;

/** The same where several instances share a loss, and the states of all of them together count. */
const MOST_TOGETHER = 4096;

/** Elements of states that the loss is shown at a time. */
const CHUNK = 2 ** 20;

/**
 * The gradient in theta of the expected loss, by the sum over all states; instance by instance where each has its own
 * loss, over all states together where they share one.
 *
 * @param sign - -1 where p(z) is proportional to exp(-<theta, z>), as for a minimising solver.
 */
export function exactGradient(
  distribution: Distribution,
  theta: tf.Tensor,
  layout: Layout,
  loss: (z: tf.Tensor) => tf.Tensor,
  sign: 1 | -1,
): Float32Array | Float64Array {
  return (
    gradientOfOwn(distribution, theta, layout, loss, sign) ??
    gradientOfShared(distribution, theta, loss, sign)
  );
}

function gradientOfShared(
  distribution: Distribution,
  theta: tf.Tensor,
  loss: (z: tf.Tensor) => tf.Tensor,
  sign: 1 | -1,
): Float32Array {
  const exact = exactExpectation(distribution, { limit: MOST_TOGETHER });
  return tf.tidy(() => {
    const expected = (x: tf.Tensor): tf.Tensor =>
      tf.sum(exact.expectation(tf.mul(x, sign), loss, { key: key(0) }).value);
    return (tf.grad(expected)(theta).dataSync() as Float32Array).slice();
  });
}

/**
 * Null where instances share a loss; otherwise, for each,
 *
 *   d E[L] / d theta = sum_z p(z) L(z) (z - mu).
 */
function gradientOfOwn(
  distribution: Distribution,
  theta: tf.Tensor,
  layout: Layout,
  loss: (z: tf.Tensor) => tf.Tensor,
  sign: 1 | -1,
): Float64Array | null {
  const { batch, events, size, instances } = layout;
  const states = statesOf(distribution);
  const count = states.length / size;
  const signed = (theta.dataSync() as Float32Array).map((value) => sign * value);
  const mu = distribution.marginals(signed);
  const logPartition = distribution.logPartition(signed);
  const gradient = new Float64Array(signed.length);
  const outer = theta.shape.slice(0, -1);
  const axis = Math.min(outer.length, 1);
  const many = Math.max(1, Math.floor(CHUNK / (instances * size)));
  for (let from = 0; from < count; from += many) {
    const chunk = states.subarray(from * size, Math.min(count, from + many) * size);
    const rows = chunk.length / size;
    const losses = lossesOfStates(chunk, rows);
    if (losses.length < batch * rows * events) return null;
    for (let b = 0; b < batch; b++) {
      for (let s = 0; s < rows; s++) {
        for (let e = 0; e < events; e++) {
          const instance = b * events + e;
          const weight = probability(chunk, s * size, instance) * losses[(b * rows + s) * events + e]! * sign;
          for (let i = 0; i < size && weight !== 0; i++) {
            gradient[instance * size + i]! += weight * (chunk[s * size + i]! - mu[instance * size + i]!);
          }
        }
      }
    }
  }
  return gradient;

  function lossesOfStates(chunk: Uint8Array, rows: number): Float32Array {
    return tf.tidy(() => {
      const sampled = (axes: readonly number[]) => [...axes.slice(0, axis), rows, ...axes.slice(axis), size];
      const z = tf.broadcastTo(
        tf.tensor(Float32Array.from(chunk), sampled(outer.map(() => 1))),
        sampled(outer),
      );
      return lossesOf('diagnose', z, loss).dataSync() as Float32Array;
    });
  }

  function probability(chunk: Uint8Array, at: number, instance: number): number {
    let score = -logPartition[instance]!;
    // Not a product with zero: theta of an element that is forbidden is infinite.
    for (let i = 0; i < size; i++) if (chunk[at + i] === 1) score += signed[instance * size + i]!;
    return Math.exp(score);
  }
}

function statesOf(distribution: Distribution): Uint8Array {
  const states: Uint8Array[] = [];
  for (const state of distribution.states()) {
    if (states.length === MOST_STATES) {
      throw new RangeError(
        `diagnose: the exact gradient of ${distribution.name} is a sum over its states, at most ` +
          `${MOST_STATES.toLocaleString('en')}, and it has more. Give a smaller structure, or the exact gradient as a tensor.`,
      );
    }
    states.push(state.slice());
  }
  const flat = new Uint8Array(states.length * distribution.size);
  states.forEach((state, i) => {
    flat.set(state, i * distribution.size);
  });
  return flat;
}
