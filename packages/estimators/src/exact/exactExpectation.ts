import type { Distribution } from '@aimle/distributions';
import { hostFunction } from '@aimle/engine';
import type { Context } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import type { ApplyOptions, Estimator, Expected, JsonValue } from '../estimator.js';
import { layoutOf } from '../layout.js';
import { lossesOf, sampleAxis } from '../meanLoss.js';
import { modeOf } from '../mode.js';
import { stepInfo, zeroShare } from '../stepInfo.js';
import { distributionOf, solverOf } from '../structure.js';
import { refuseInstances } from './distributionLayer.js';
import { StateTable } from './stateTable.js';

/** Settings of {@link exactExpectation}. */
export interface ExactExpectationOptions {
  /** The most states that an instance may have, in [1, 2^20]; default 4096. The loss sees them all at once. */
  readonly limit?: number;
}

/**
 * The exact expectation of a loss, by all states: the oracle that other estimators are held against.
 *
 *   value = sum_z p(z; theta) L(z),   grad = sum_z p(z) (L(z) - value) z = Cov[L(z), z]
 *
 * The m blocks of a theta [B, m, n] are independent, and a state is one of each: N^m of them for N states of a block, so
 * that a loss may look at all blocks together. Where it does not, reshape them into the batch.
 *
 * **When to use**: where a structure has few states; to know what another estimator's error is. **Bias**: none, nor any
 * variance: `key` and `samples` are not used. **Shapes**: theta [B, ..., n]; the loss sees [B, N^m, ..., n], the same
 * states for every instance, those that theta forbids among them: it must be finite there too. **Cost**: the loss of
 * B N^m states. Probabilities are in double precision, the sum in single.
 *
 * @param distribution - of `@aimle/distributions`; `enumerated({ name, size, states })` makes one of a list.
 * @throws RangeError when there are more states than the limit, or it is given a solver: the message names the
 * distribution that fits.
 * @example
 * ```ts
 * import { subsets } from '@aimle/distributions';
 * import { useEngine } from '@aimle/engine';
 * import { exactExpectation } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const exact = exactExpectation(subsets({ size: 3, k: 1 }));
 * const loss = (z: tf.Tensor) => z.mul([0, 3, 6]).sum(-1);
 * const { value, info } = exact.expectation(tf.zeros([1, 3]), loss, { key: key(0) });
 * value.dataSync()[0]?.toFixed(5); // => '3.00000'
 * info.samples; // => 3
 * ```
 */
export function exactExpectation(
  distribution: Distribution,
  { limit = 4096 }: ExactExpectationOptions = {},
): Estimator {
  const name = 'exact-expectation';
  if (!Number.isInteger(limit) || limit < 1 || limit > 2 ** 20) {
    throw new RangeError(`${name}: limit must be an integer in [1, ${2 ** 20}], got ${limit}`);
  }
  return new ExactExpectation(name, distributionOf(name, distribution), limit);
}

class ExactExpectation implements Estimator {
  readonly name: string;
  readonly #distribution: Distribution;
  readonly #limit: number;
  readonly #table: StateTable;

  constructor(name: string, distribution: Distribution, limit: number) {
    this.name = name;
    this.#distribution = distribution;
    this.#limit = limit;
    this.#table = new StateTable(name, distribution, limit);
  }

  /** Nothing adapts. */
  get state(): JsonValue {
    return null;
  }

  set state(_saved: JsonValue) {}

  mode(theta: tf.Tensor, context?: Context): tf.Tensor {
    return modeOf(this.name, solverOf(this.name, this.#distribution), theta, context);
  }

  expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, { samples }: ApplyOptions): Expected {
    const { batch, events } = layoutOf(this.name, this.#distribution, theta.shape, samples ?? 1);
    const count = this.#table.combinations(this.name, events, this.#limit);
    const layout = layoutOf(this.name, this.#distribution, theta.shape, count);
    const info = stepInfo(0, count);
    const z = tf.tensor(this.#table.states(batch, events), layout.shape);
    const losses = lossesOf(this.name, z, loss);
    const axis = sampleAxis(z);
    let p: Float64Array;
    const weights = hostFunction(theta, {
      forward: (host) => {
        refuseInstances(this.name, this.#distribution, host);
        p = this.#table.probabilities(host, batch, events);
        return { values: Float32Array.from(p), shape: layout.shape.slice(0, axis + 1) };
      },
      backward: (gradient) => {
        const pulled = Float32Array.from(this.#table.pull(p, gradient, events));
        info.sparsity = zeroShare(pulled);
        return pulled;
      },
    });
    const shared = [...weights.shape, ...Array<number>(losses.rank - weights.rank).fill(1)];
    return { value: tf.sum(tf.mul(tf.reshape(weights, shared), losses), axis), info };
  }
}
