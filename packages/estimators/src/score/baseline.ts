import type * as tf from '@tensorflow/tfjs';
import type { JsonValue } from '../estimator.js';
import { leaveOneOut } from '../perturbed/baseline.js';
import type { DrawnLosses } from './throughScore.js';

/**
 * What is taken off a loss before it weighs the score of its state: it must not depend on that state, and then it changes
 * the variance only. Made by `movingAverage` and `learned`.
 *
 * @example
 * ```ts
 * import { type Baseline, movingAverage } from '@aimle/estimators';
 *
 * const baseline: Baseline = movingAverage();
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
export const none = memoryless('none', ({ figures }) => figures);

/** Off each loss the mean of the instance's other samples. */
export const othersMean = memoryless('leave-one-out', ({ figures, layout }) => {
  if (layout.samples < 2) {
    throw new RangeError(
      'score-function: the baseline leave-one-out needs samples of at least 2, to have others, got 1. Draw more, or take ' +
        'movingAverage().',
    );
  }
  const values = figures.slice();
  leaveOneOut(values, layout, layout.samples);
  return values;
});
