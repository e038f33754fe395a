import type * as tf from '@tensorflow/tfjs';
import type { JsonValue } from '../layer/estimator.js';
import type { Layout } from '../layer/layout.js';
import { leaveOneOut } from './leaveOneOut.js';

/** The losses of drawn states, on the engine and off it. */
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
 * What is taken off a loss before it weighs the score of its state: it must not depend on that state, and then it changes
 * the variance only. Made by `movingAverageBaseline` and `learnedBaseline`.
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
  /** Saved with the state, so that a state of another baseline is not taken for this one's. */
  readonly name: string;
  init(): JsonValue;
  /** Throws when a saved state is not one of this baseline's. */
  check(state: JsonValue): void;
  signal(drawn: DrawnLosses, theta: tf.Tensor, state: JsonValue): Signal;
}

/** Losses, their baseline taken off. */
export interface Signal {
  /** One number a loss. */
  readonly values: Float64Array;
  /** What the baseline knows once it has seen these losses. */
  readonly state: JsonValue;
  /** The loss of the baseline itself, shaped like the mean loss; null where nothing in it is trained by gradient. */
  readonly ownLoss: tf.Tensor | null;
}

/** A baseline without a memory. */
function memoryless(name: string, values: (drawn: DrawnLosses) => Float64Array): Baseline {
  return {
    name,
    init: () => null,
    check: () => {},
    signal: (drawn) => ({ values: values(drawn), state: null, ownLoss: null }),
  };
}

/** The losses as they are. */
export const none = memoryless('none', ({ values }) => values);

/** Off each loss the mean of the instance's other samples; a sample alone keeps its own. */
export const othersMean = memoryless('leave-one-out', ({ values, layout }) => {
  const signal = values.slice();
  leaveOneOut(signal, layout, layout.samples);
  return signal;
});
