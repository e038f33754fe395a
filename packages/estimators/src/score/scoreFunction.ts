import type { Distribution } from '@aimle/distributions';
import { foldIn } from '@aimle/random';
import { checkOptions } from '@aimle/solvers';
import type { Estimator } from '../layer/estimator.js';
import { forRows, sumOfSamples } from '../layer/rows.js';
import { refuseInfeasible, requireDistribution, signOf } from '../layer/structure.js';
import { type Baseline, none, othersMean } from './baseline.js';
import { movingAverageBaseline } from './movingAverageBaseline.js';
import { scoreEstimatorOf } from './scoreEstimator.js';

/** Settings of {@link scoreFunction}. */
export interface ScoreFunctionOptions {
  /**
   * What is subtracted from a state's loss before it weighs the state's score, without any bias: nothing (`none`),
   * the mean loss of the instance's other samples (`leave-one-out`, for S of 2 and more), `movingAverageBaseline()`
   * (default), or a model's prediction, `learnedBaseline(predict)`.
   */
  readonly baseline?: 'none' | 'leave-one-out' | Baseline;
}

/**
 * Builds the score-function estimator (REINFORCE): exact samples, and the gradient through their probability. It
 * needs no gradient of the loss in z, so it takes any loss.
 *
 *   value = (1/S) sum_s L(z_s),   z_s ~ p(z; theta)
 *   grad  = (1/S) sum_s (L(z_s) - b_s) (z_s - mu),   z - mu = d log p(z; theta) / d theta (negated when minimising)
 *
 * **When to use**: where the loss has steps, or the gradient must be unbiased; otherwise layers have less variance.
 * Use `leave-one-out` wherever S is 2 or more. **Bias**: none with any baseline (`learnedBaseline` with `normalised`
 * changes the length). The variance is large, and grows with n. **Shapes**: theta [B, ..., n]; the loss sees [B, ...,
 * n], with `samples: S` [B, S, ..., n]. Where the m blocks of a theta [B, m, n] share one loss, [B, S], it weighs the
 * score of them all. **Cost**: S draws an instance, and one mu backward; the losses are read back once. `-Infinity`
 * in theta forbids an element.
 *
 * @param distribution - of `@aimle/distributions`, such as `topK({ size, k })`.
 * @throws RangeError when given a solver (the message names the import that has probabilities), when the baseline is
 * none of these, when a loss is not finite, or when `leave-one-out` has no other sample.
 * @example
 * ```ts
 * import { topK } from '@aimle/distributions';
 * import { useEngine } from '@aimle/engine';
 * import { scoreFunction } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const estimator = scoreFunction(topK({ size: 3, k: 1 }), { baseline: 'leave-one-out' });
 * const theta = tf.variable(tf.zeros([1, 3]));
 * const loss = (z: tf.Tensor) => z.mul([1, 2, 3]).sum(-1).greater(1.5).cast('float32'); // a step: it has no slope
 * const optimiser = tf.train.sgd(1);
 * for (let step = 0; step < 50; step++) {
 *   optimiser.minimize(() => estimator.expectation(theta, loss, { key: key(step), samples: 8 }).mean<tf.Scalar>());
 * }
 * Array.from(estimator.mode(theta).dataSync()); // => [1, 0, 0]
 * ```
 * @see Williams 1992, "Simple statistical gradient-following algorithms for connectionist reinforcement learning";
 * leave-one-out: Kool, van Hoof, Welling 2019, "Buy 4 REINFORCE samples, get a baseline for free!".
 */
export function scoreFunction(distribution: Distribution, options: ScoreFunctionOptions = {}): Estimator {
  checkOptions('scoreFunction', options, { baseline: true });
  const name = 'score-function';
  requireDistribution(name, distribution);
  const sign = signOf(distribution);
  const baseline = baselineOf(name, options.baseline);
  return scoreEstimatorOf({
    name,
    solver: distribution,
    options,
    baseline,
    needsOthers: baseline === othersMean,
    forward(theta, layout, { key }) {
      refuseInfeasible(distribution, theta);
      const { size } = layout;
      const states = distribution.sample(foldIn(key, 'states'), forRows(theta, layout));
      return {
        z: Float32Array.from(states),
        solverCalls: 0,
        /** The sum over rows of coefficient (z - mu). */
        vjp(coefficients) {
          const total = sumOfSamples(
            states.map((value, i) => coefficients[Math.floor(i / size)]! * value),
            layout,
          );
          const weight = sumOfSamples(coefficients, { ...layout, size: 1 });
          const mu = distribution.marginals(theta);
          return Float32Array.from(total, (sum, i) => sign * (sum - weight[Math.floor(i / size)]! * mu[i]!));
        },
      };
    },
  });
}

function baselineOf(
  name: string,
  baseline: ScoreFunctionOptions['baseline'] = movingAverageBaseline(),
): Baseline {
  if (baseline === 'none') return none;
  if (baseline === 'leave-one-out') return othersMean;
  if (typeof baseline === 'object' && 'signal' in baseline) return baseline;
  throw new RangeError(
    `${name}: baseline must be none, leave-one-out, movingAverageBaseline() or learnedBaseline(predict), got ` +
      JSON.stringify(baseline),
  );
}
