import { stopGradient } from '@aimle/engine/operations';
import type * as tf from '@tensorflow/tfjs';
import type { JsonValue } from '../layer/estimator.js';
import { instanceOfRow } from '../layer/layout.js';
import { type Average, batchMean, checkDecay, include, isAverage, meanOf, nothingSeen } from './average.js';
import type { Baseline } from './baseline.js';

/** Settings of {@link learnedBaseline}. */
export interface LearnedBaselineOptions {
  /**
   * Whether a moving average of the losses is subtracted first, so that the model predicts only the rest; default
   * true.
   */
  readonly centred?: boolean;
  /**
   * Whether the signal is divided by its moving standard deviation where that is above 1, as published; default
   * false. This changes the length of the gradient, so that one step size suits all of training.
   */
  readonly normalised?: boolean;
  /** The weight of the past in both averages, in [0, 1); default 0.9. */
  readonly decay?: number;
}

/**
 * Makes a baseline of `scoreFunction` that a model of yours predicts, trained in the same step (NVIL).
 *
 *   signal_s = (L_s - c - b(theta)) / max(1, sqrt(v)),   value += mean_s (L_s - c - b(theta))^2 - stop(the same)
 *
 * with c and v moving averages of the loss and of the signal's variance. The added term is 0, and has a gradient only
 * in the weights of b: an optimiser of all weights trains b to predict the loss. For that term, L and theta are data. Minimise the
 * expectation with a positive weight: a reward is negated inside the loss, since outside it b would be driven away.
 *
 * **When to use**: with one sample per instance, where instances differ much in their loss. With more samples,
 * `leave-one-out` is simpler and as good. **Cost**: that of the model, and one more read of its predictions.
 *
 * @param predict - the expected loss of each instance, in the shape of the mean loss: [B] for theta [B, n], [B, m]
 * for [B, m, n], or [B] where its blocks share a loss. It receives theta without gradient, and may read other inputs.
 * For a `tf.LayersModel` pass `(theta) => model.apply(theta).squeeze([1])`; its `predict` has no gradient.
 * @throws RangeError when the decay is out of range; in use, also when predictions have another shape.
 * @example
 * ```ts
 * import { topK } from '@aimle/distributions';
 * import { useEngine } from '@aimle/engine';
 * import { learnedBaseline, scoreFunction } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const weight = tf.variable(tf.zeros([4, 1]));
 * const predict = (theta: tf.Tensor) => tf.matMul(theta as tf.Tensor2D, weight as tf.Tensor2D).squeeze([1]);
 * const estimator = scoreFunction(topK({ size: 4, k: 2 }), { baseline: learnedBaseline(predict) });
 * const theta = tf.variable(tf.tensor2d([[1, 0, 0, 1]]));
 * const loss = (z: tf.Tensor) => z.mul([1, 2, 3, 4]).sum(-1);
 * const step = () => estimator.expectation(theta, loss, { key: key(1) }).mean<tf.Scalar>();
 * tf.train.sgd(0.1).minimize(step, false, [theta, weight]);
 * weight.dataSync()[0]! > 0; // => true
 * ```
 * @see Mnih, Gregor 2014, arXiv:1402.0030, section 2.3 and algorithm 1. There, c and v include the current losses;
 * here only earlier ones, so that the baseline does not depend on the current state.
 */
export function learnedBaseline(
  predict: (theta: tf.Tensor) => tf.Tensor,
  options: LearnedBaselineOptions = {},
): Baseline {
  const { centred = true, normalised = false, decay = 0.9 } = options;
  const name = 'learned';
  checkDecay(name, decay);
  return {
    name,
    init: () => ({ centre: { ...nothingSeen }, variance: { ...nothingSeen } }),
    check(state) {
      const { centre, variance } = (state ?? {}) as Partial<Record<keyof Moments, JsonValue>>;
      if (!isAverage(centre) || !isAverage(variance)) {
        throw new RangeError(
          `${name}: the saved state must hold the averages centre and variance, got ${JSON.stringify(state)}`,
        );
      }
    },
    signal({ losses, mean, values, layout }, theta, state) {
      const { centre, variance } = state as unknown as Moments;
      const level = centred ? meanOf(centre, 0) : 0;
      const predicted = predict(stopGradient(theta));
      if (predicted.shape.join() !== mean.shape.join()) {
        throw new RangeError(
          `${name}: predictions must have the shape of the mean loss, [${mean.shape}], got [${predicted.shape}]`,
        );
      }
      const own = predicted.dataSync();
      const instance = instanceOfRow(layout);
      const signal = values.map((loss, row) => loss - level - own[instance[row]!]!);
      const width = normalised ? Math.max(1, Math.sqrt(meanOf(variance, 1))) : 1;
      const offset = batchMean(signal, 0);
      const spread = batchMean(
        signal.map((value) => (value - offset) ** 2),
        meanOf(variance, 1),
      );
      const axis = layout.sampleAxis;
      const targets = stopGradient(losses).sub(level);
      const errors = targets.sub(axis === null ? predicted : predicted.expandDims(axis)).square();
      return {
        values: signal.map((value) => value / width),
        next: (known) => {
          const moments = known as unknown as Moments;
          return {
            centre: { ...include(batchMean(values, level), moments.centre, decay) },
            variance: { ...include(spread, moments.variance, decay) },
          };
        },
        ownLoss: axis === null ? errors : errors.mean(axis),
      };
    },
  };
}

interface Moments {
  readonly centre: Average;
  readonly variance: Average;
}
