import { checkOptions } from '@aimle/solvers';
import { type Average, batchMean, checkDecay, include, isAverage, meanOf, nothingSeen } from './average.js';
import type { Baseline } from './baseline.js';

/** Settings of {@link movingAverageBaseline}. */
export interface MovingAverageBaselineOptions {
  /** The weight of the past at each step, in [0, 1); default 0.9. */
  readonly decay?: number;
}

/**
 * Makes a baseline for `scoreFunction`: the exponential moving average of the mean loss of earlier steps. In the
 * first step it is 0.
 *
 *   b_t = sum_i decay^(t - 1 - i) mean(L_i) / sum_i decay^(t - 1 - i),   i < t
 *
 * **When to use**: with one sample per instance, where the losses of instances are similar. For S of 2 or more,
 * `leave-one-out` adapts to each instance. **Cost**: none. It changes only when a gradient is computed.
 *
 * @throws RangeError when the decay is out of range.
 * @example
 * ```ts
 * import { topK } from '@aimle/distributions';
 * import { movingAverageBaseline, scoreFunction } from '@aimle/estimators';
 *
 * const estimator = scoreFunction(topK({ size: 5, k: 2 }), { baseline: movingAverageBaseline({ decay: 0.99 }) });
 * estimator.state; // => { baseline: 'moving-average', state: { total: 0, weight: 0 } }
 * ```
 * @see Williams 1992, "Simple statistical gradient-following algorithms", section 4 (reinforcement comparison).
 */
export function movingAverageBaseline(options: MovingAverageBaselineOptions = {}): Baseline {
  const { decay = 0.9 } = checkOptions('movingAverageBaseline', options, { decay: true });
  const name = 'moving-average';
  checkDecay(name, decay);
  return {
    name,
    init: () => ({ ...nothingSeen }),
    check(state) {
      if (!isAverage(state)) {
        throw new RangeError(
          `${name}: the saved state must be a total and a weight, got ${JSON.stringify(state)}`,
        );
      }
    },
    signal({ values }, _theta, state) {
      const level = meanOf(state as unknown as Average, 0);
      return {
        values: values.map((loss) => loss - level),
        next: (known) => ({ ...include(batchMean(values, level), known as unknown as Average, decay) }),
        ownLoss: null,
      };
    },
  };
}
