import type { Distribution } from '@aimle/distributions';
import { stopGradient } from '@aimle/engine';
import { foldIn } from '@aimle/random';
import type { Context } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import type { ApplyOptions, Estimator, Expected, JsonValue } from '../estimator.js';
import { refuseInstances } from '../exact/distributionLayer.js';
import { instanceOfRow, type Layout, layoutOf } from '../layout.js';
import { modeOf } from '../mode.js';
import { forRows } from '../repeat.js';
import { stepInfo } from '../stepInfo.js';
import { distributionOf, solverOf } from '../structure.js';
import { type Baseline, none, othersMean } from './baseline.js';
import { movingAverage } from './movingAverage.js';
import { lossesOfStates, throughScore } from './throughScore.js';

/** Settings of {@link scoreFunction}. */
export interface ScoreFunctionOptions {
  /**
   * What is taken off a state's loss before it weighs the state's score, without any bias: nothing (`none`), the mean loss
   * of the instance's other samples (`leave-one-out`, for S of 2 and more), `movingAverage()`, the default, or what a
   * model of your own predicts, `learned(predict)`.
   */
  readonly baseline?: 'none' | 'leave-one-out' | Baseline;
}

/**
 * The score-function estimator (REINFORCE): exact samples, and the gradient through their probability. It needs no
 * gradient of the loss in z, and so takes any loss.
 *
 *   value = (1/S) sum_s L(z_s),   z_s ~ p(z; theta)
 *   grad  = (1/S) sum_s (L(z_s) - b_s) (z_s - mu),   z - mu = d log p(z; theta) / d theta
 *
 * **When to use**: where the loss has steps, or no bias can be borne; else layers have less variance. Take `leave-one-out`
 * wherever S is 2 or more. **Bias**: none, whatever the baseline (`learned` with `normalised` changes the length).
 * The variance is large, and grows with n. **Shapes**: theta [B, ..., n]; the loss sees [B, S, ..., n]. Where the m blocks
 * of a theta [B, m, n] share one loss, [B, S], it weighs the score of them all. **Cost**: S draws an instance, and one mu
 * backward; the losses are read back once. `-Infinity` in theta forbids an element.
 *
 * @param distribution - of `@aimle/distributions`, such as `subsets({ size, k })`.
 * @throws RangeError when it is given a solver (the message names the distribution that fits), the baseline is none of
 * these, a loss is not finite, or `leave-one-out` has no other sample.
 * @example
 * ```ts
 * import { subsets } from '@aimle/distributions';
 * import { useEngine } from '@aimle/engine';
 * import { scoreFunction } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const estimator = scoreFunction(subsets({ size: 3, k: 1 }), { baseline: 'leave-one-out' });
 * const theta = tf.variable(tf.zeros([1, 3]));
 * const loss = (z: tf.Tensor) => z.mul([1, 2, 3]).sum(-1).greater(1.5).cast('float32'); // a step: it has no slope
 * const optimiser = tf.train.sgd(1);
 * for (let step = 0; step < 50; step++) {
 *   optimiser.minimize(() => estimator.expectation(theta, loss, { key: key(step), samples: 8 }).value.mean<tf.Scalar>());
 * }
 * Array.from(estimator.mode(theta).dataSync()); // => [1, 0, 0]
 * ```
 * @see Williams 1992, "Simple statistical gradient-following algorithms for connectionist reinforcement learning";
 * leave-one-out: Kool, van Hoof, Welling 2019, "Buy 4 REINFORCE samples, get a baseline for free!".
 */
export function scoreFunction(distribution: Distribution, options: ScoreFunctionOptions = {}): Estimator {
  const name = 'score-function';
  return new ScoreFunction(name, distributionOf(name, distribution), baselineOf(name, options.baseline));
}

function baselineOf(name: string, baseline: ScoreFunctionOptions['baseline'] = movingAverage()): Baseline {
  if (baseline === 'none') return none;
  if (baseline === 'leave-one-out') return othersMean;
  if (typeof baseline === 'object' && 'signal' in baseline) return baseline;
  throw new RangeError(
    `${name}: baseline must be none, leave-one-out, movingAverage() or learned(predict), got ${JSON.stringify(baseline)}`,
  );
}

class ScoreFunction implements Estimator {
  readonly name: string;
  readonly #distribution: Distribution;
  readonly #baseline: Baseline;
  #state: JsonValue;

  constructor(name: string, distribution: Distribution, baseline: Baseline) {
    this.name = name;
    this.#distribution = distribution;
    this.#baseline = baseline;
    this.#state = baseline.init();
  }

  get state(): JsonValue {
    return { baseline: this.#baseline.name, state: this.#state };
  }

  set state(saved: JsonValue) {
    const { baseline, state } = (saved ?? {}) as { baseline?: string; state?: JsonValue };
    if (baseline !== this.#baseline.name || state === undefined) {
      throw new RangeError(
        `${this.name}: the saved state must be of baseline "${this.#baseline.name}", got ${JSON.stringify(saved)}`,
      );
    }
    this.#baseline.check(state);
    this.#state = state;
  }

  mode(theta: tf.Tensor, context?: Context): tf.Tensor {
    return modeOf(this.name, solverOf(this.name, this.#distribution), theta, context);
  }

  expectation(
    theta: tf.Tensor,
    loss: (z: tf.Tensor) => tf.Tensor,
    { key, samples = 1 }: ApplyOptions,
  ): Expected {
    const layout = layoutOf(this.name, this.#distribution, theta.shape, samples);
    const info = stepInfo(0, samples);
    const host = new Float32Array(theta.dataSync());
    refuseInstances(this.name, this.#distribution, host);
    const states = this.#distribution.sample(foldIn(key, 'states'), forRows(host, layout));
    const z = tf.tensor(Float32Array.from(states), layout.shape);
    const drawn = lossesOfStates(this.name, z, layout, loss);
    const signal = this.#baseline.signal(drawn, theta, this.#state);
    const value = throughScore(theta, drawn, layout, signal.values, info, (coefficients) => {
      this.#state = signal.state;
      return this.#pull(host, states, coefficients, layout);
    });
    const { ownLoss } = signal;
    // The baseline's loss has a gradient, and no place in the value.
    return { value: ownLoss ? tf.add(value, tf.sub(ownLoss, stopGradient(ownLoss))) : value, info };
  }

  /** The sum over rows of coefficient (z - mu). */
  #pull(theta: Float32Array, states: Float64Array, coefficients: Float64Array, layout: Layout): Float32Array {
    const { size } = layout;
    const total = new Float64Array(layout.instances * size);
    const weight = new Float64Array(layout.instances);
    const instance = instanceOfRow(layout);
    for (let row = 0; row < layout.rows; row++) {
      const into = instance[row]! * size;
      weight[instance[row]!]! += coefficients[row]!;
      for (let j = 0; j < size; j++) total[into + j]! += coefficients[row]! * states[row * size + j]!;
    }
    const mu = this.#distribution.marginals(theta);
    return Float32Array.from(total, (sum, i) => sum - weight[Math.floor(i / size)]! * mu[i]!);
  }
}
