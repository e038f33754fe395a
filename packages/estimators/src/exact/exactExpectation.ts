import type { Distribution } from '@aimle/distributions';
import { hostCallback, tensorEngine } from '@aimle/engine/operations';
import type * as tf from '@tensorflow/tfjs';
import { EstimatorBase } from '../layer/base.js';
import { requireTensor } from '../layer/callers.js';
import type { Estimator, SampleOptions } from '../layer/estimator.js';
import { refuseGradient, refuseTheta, zeroShare } from '../layer/finite.js';
import { layoutOf } from '../layer/layout.js';
import { lossesOf } from '../layer/meanLoss.js';
import type { RuleBase } from '../layer/rule.js';
import { refuseInfeasible, requireDistribution } from '../layer/structure.js';
import { StateTable } from './stateTable.js';

/** Settings of {@link exactExpectation}. */
export interface ExactExpectationOptions {
  /** The maximum number of states of an instance, in [1, 2^20]; default 4096. The loss receives all of them at once. */
  readonly limit?: number;
}

/**
 * Computes the exact expectation of a loss by a sum over all states: the oracle for other estimators.
 *
 *   value = sum_z p(z; theta) L(z),   grad = sum_z p(z) (L(z) - value) z = Cov[L(z), z] (negated when minimising)
 *
 * The m blocks of a theta [B, m, n] are independent, and a state combines one of each block: N^m states for N states
 * of a block. So a loss may depend on all blocks together. If it does not, reshape the blocks into the batch.
 *
 * **When to use**: where a structure has few states; to measure another estimator's error. **Bias**: none, and no
 * variance: `key` and `samples` are not used. **Shapes**: theta [B, ..., n]; the loss receives [B, N^m, ..., n], the
 * same states for every instance. They include states that theta forbids, so the loss must be finite there too.
 * **Cost**: the loss of B N^m states. Probabilities are in double precision, the sum in single.
 *
 * @param distribution - of `@aimle/distributions`; `enumerated({ name, size, states })` makes one of a list.
 * @throws RangeError when there are more states than the limit, or when given a solver: the message names the import
 * that has probabilities.
 * @example
 * ```ts
 * import { topK } from '@aimle/distributions';
 * import { useEngine } from '@aimle/engine';
 * import { exactExpectation } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const exact = exactExpectation(topK({ size: 3, k: 1 }));
 * const loss = (z: tf.Tensor) => z.mul([0, 3, 6]).sum(-1);
 * const value = exact.expectation(tf.zeros([1, 3]), loss, { key: key(0) });
 * value.dataSync()[0]?.toFixed(5); // => '3.00000'
 * exact.lastStep?.samples; // => 3
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
  requireDistribution(name, distribution);
  return new ExactExpectation(name, distribution, limit);
}

class ExactExpectation extends EstimatorBase<RuleBase> implements Estimator {
  readonly #distribution: Distribution;
  readonly #limit: number;
  readonly #table: StateTable;

  constructor(name: string, distribution: Distribution, limit: number) {
    super({ name, solver: distribution, options: { limit } });
    this.#distribution = distribution;
    this.#limit = limit;
    this.#table = new StateTable(name, distribution, limit);
  }

  expectation(
    theta: tf.Tensor,
    loss: (z: tf.Tensor) => tf.Tensor,
    { samples }: Partial<SampleOptions> = {},
  ): tf.Tensor {
    return tensorEngine().tidy(() => this.#expectation(theta, loss, samples));
  }

  #expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, samples: number | undefined): tf.Tensor {
    const { name } = this;
    requireTensor(name, 'theta', theta);
    const { batch, events } = layoutOf(name, this.#distribution, theta.shape, samples);
    const count = this.#table.combinations(name, events, this.#limit);
    const layout = layoutOf(name, this.#distribution, theta.shape, count);
    this.report({ solverCalls: 0, samples: count });
    const states = this.#table.states(batch, events);
    const losses = lossesOf(name, tensorEngine().makeTensor(states, layout.shape, 'float32'), layout, loss);
    const axis = layout.sampleAxis!;
    // TensorFlow.js broadcasts 1 to 0 forward but not backward, so without losses the weights are as empty as they are.
    const shape = losses.size === 0 ? losses.shape : layout.shape.slice(0, axis + 1);
    let p: Float64Array;
    const weights = hostCallback(theta, {
      name,
      forward: (host) => {
        refuseTheta(name, host, layout.size);
        refuseInfeasible(this.#distribution, host);
        p = this.#table.probabilities(host, batch, events);
        return { values: losses.size === 0 ? new Float32Array(0) : Float32Array.from(p), shape };
      },
      backward: (gradient) => {
        if (losses.size === 0) return new Float32Array(layout.batch * events * layout.size);
        refuseGradient(name, gradient, gradient.length, count);
        const total = Float32Array.from(this.#table.vjp(p, gradient, events));
        this.report({ solverCalls: 0, samples: count, sparsity: zeroShare(total) });
        return total;
      },
    });
    const shared = [...weights.shape, ...Array<number>(losses.rank - weights.rank).fill(1)];
    return weights.reshape(shared).mul(losses).sum(axis);
  }
}
