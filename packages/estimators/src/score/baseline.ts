import type * as tf from '@tensorflow/tfjs';

import type { JsonValue } from '../layer/estimator.js';
import type { Layout } from '../layer/layout.js';
import { leaveOneOut } from './leaveOneOut.js';

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
