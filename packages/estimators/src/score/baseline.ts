import type * as tf from '@tensorflow/tfjs';

import type { JsonValue } from '../layer/estimator.js';
import type { Layout } from '../layer/layout.js';

/** The losses of drawn states, as tensors and as numbers. */
export interface DrawnLosses {
  /** [B, S, ...], or [B, ...] where there is no axis of samples. */
  readonly losses: tf.Tensor;
  /** Their mean over samples. */
  readonly mean: tf.Tensor;
  /** The same numbers as `losses`. */
  readonly values: Float64Array;
  readonly layout: Layout;
}

/**
 * A value that is subtracted from a loss before the loss weighs the score of its state. It must not depend on that
 * state; then it changes only the variance. `movingAverageBaseline` and `learnedBaseline` make baselines.
 *
 * @example
 * ```ts
 * import { type Baseline, movingAverageBaseline } from '@aimle/estimators';
 *
 * const baseline: Baseline = movingAverageBaseline();
 * baseline.name; // => 'moving-average'
 * ```
 */
export interface Baseline {
  /** Saved with the state, so that the state of another baseline is refused. */
  readonly name: string;
  init(): JsonValue;
  /** Throws when a saved state is not one of this baseline's. */
  check(state: JsonValue): void;
  signal(drawn: DrawnLosses, theta: tf.Tensor, state: JsonValue): Signal;
}

/** Losses minus their baseline. */
export interface Signal {
  /** One number per loss. */
  readonly values: Float64Array;
  /** Adds these losses to what the baseline knows when a gradient is taken, which others may have added to since. */
  next(state: JsonValue): JsonValue;
  /** The baseline's own training loss, shaped like the mean loss; null where no gradient trains it. */
  readonly ownLoss: tf.Tensor | null;
}

/** Makes a baseline without state. */
function memoryless(name: string, values: (drawn: DrawnLosses) => Float64Array): Baseline {
  return {
    name,
    init: () => null,
    check: () => {},
    signal: (drawn) => ({ values: values(drawn), next: (state) => state, ownLoss: null }),
  };
}

/** The baseline 0: the signal is the loss. */
export const none = memoryless('none', ({ values }) => values);

/** The mean loss of the instance's other samples; 0 for a single sample. */
export const othersMean = memoryless('leave-one-out', ({ values, layout }) => {
  const signal = values.slice();
  leaveOneOut(signal, layout, layout.samples);
  return signal;
});

/**
 * What is subtracted from a number before its noise weighs it: the mean of the others (`leave-one-out`), or nothing.
 */
export type NoiseBaseline = 'leave-one-out' | 'none';

/** Throws when a baseline is unknown. */
export function checkBaseline(name: string, baseline: NoiseBaseline): void {
  if (baseline !== 'leave-one-out' && baseline !== 'none') {
    throw new RangeError(`${name}: baseline must be leave-one-out or none, got ${JSON.stringify(baseline)}`);
  }
}

/**
 * Subtracts from each state's number the mean over the other states of its group. That does not depend on the state's
 * own noise, so the estimate keeps its mean and has less variance. A single state is left as it is.
 */
export function leaveOneOut(values: Float64Array, { batch, samples, events }: Layout, group: number): void {
  if (group === 1) return;
  for (let first = 0; first < batch * samples; first += group) {
    for (let e = 0; e < events; e++) {
      let total = 0;
      for (let m = first; m < first + group; m++) total += values[m * events + e]!;
      for (let m = first; m < first + group; m++) {
        const own = values[m * events + e]!;
        values[m * events + e] = own - (total - own) / (group - 1);
      }
    }
  }
}
