import type { Distribution } from '@aimle/distributions';
import { tensorEngine } from '@aimle/engine/operations';
import { key } from '@aimle/random';
import type * as tf from '@tensorflow/tfjs';
import { exactExpectation } from '../exact/exactExpectation.js';
import type { Layout } from '../layer/layout.js';
import { lossesOf } from '../layer/meanLoss.js';
import { signOf } from '../layer/structure.js';

/** The maximum number of states of an instance that are summed over. */
const MAX_STATES = 100_000;

/** The maximum where several instances share a loss: it counts the combinations of their states. */
const MAX_SHARED_STATES = 4096;

/** Elements of states that the loss receives at a time. */
const CHUNK = 2 ** 20;

/**
 * Computes the gradient in theta of the expected loss by a sum over all states: instance by instance where each has
 * its own loss, over all combinations where they share one.
 */
export function exactGradient(
  distribution: Distribution,
  theta: tf.Tensor,
  layout: Layout,
  loss: (z: tf.Tensor) => tf.Tensor,
): Float32Array | Float64Array {
  return gradientOfOwn(distribution, theta, layout, loss) ?? gradientOfShared(distribution, theta, loss);
}

/** Computes the gradient in theta of the sum of an expectation. */
export function gradientOf(expectation: (theta: tf.Tensor) => tf.Tensor, theta: tf.Tensor): Float32Array {
  const engine = tensorEngine();
  return engine.tidy(() => {
    const { grads } = engine.gradients(() => expectation(theta).sum(), [theta]);
    return new Float32Array(grads[0]!.dataSync());
  });
}

function gradientOfShared(
  distribution: Distribution,
  theta: tf.Tensor,
  loss: (z: tf.Tensor) => tf.Tensor,
): Float32Array {
  const exact = exactExpectation(distribution, { limit: MAX_SHARED_STATES });
  return gradientOf((x) => exact.expectation(x, loss, { key: key(0) }), theta);
}

/**
 * Returns null where instances share a loss; otherwise computes for each
 *
 *   d E[L] / d theta = sum_z p(z) L(z) (z - mu).
 */
function gradientOfOwn(
  distribution: Distribution,
  theta: tf.Tensor,
  layout: Layout,
  loss: (z: tf.Tensor) => tf.Tensor,
): Float64Array | null {
  const { batch, events, size, instances } = layout;
  const states = statesOf(distribution);
  const count = states.length / size;
  const sign = signOf(distribution);
  const host = new Float32Array(theta.dataSync());
  const mu = distribution.marginals(host);
  const logPartition = distribution.logPartition(host);
  const gradient = new Float64Array(host.length);
  const outer = theta.shape.slice(0, -1);
  const axis = outer.length > 0 ? 1 : 0;
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
    const engine = tensorEngine();
    return engine.tidy(() => {
      const sampled = (axes: readonly number[]) => [...axes.slice(0, axis), rows, ...axes.slice(axis), size];
      const once = engine.makeTensor(Float32Array.from(chunk), sampled(outer.map(() => 1)), 'float32');
      const z = once.broadcastTo(sampled(outer));
      return lossesOf('diagnose', z, { ...layout, sampleAxis: axis }, loss).dataSync() as Float32Array;
    });
  }

  function probability(chunk: Uint8Array, at: number, instance: number): number {
    let score = -logPartition[instance]!;
    // Not a product with zero: theta of a forbidden element is infinite.
    for (let i = 0; i < size; i++) if (chunk[at + i] === 1) score += sign * host[instance * size + i]!;
    return Math.exp(score);
  }
}

function statesOf(distribution: Distribution): Uint8Array {
  const states: Uint8Array[] = [];
  for (const state of distribution.states()) {
    if (states.length === MAX_STATES) {
      throw new RangeError(
        `diagnose: the exact gradient of ${distribution.name} is a sum over its states, at most ` +
          `${MAX_STATES.toLocaleString('en')}, and it has more. Give a smaller structure, or the exact gradient as a tensor.`,
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
