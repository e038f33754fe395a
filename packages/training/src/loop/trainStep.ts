import { type Adam, valueAndGradients } from '@aimle/engine';
import type { Key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import type { Model } from '../contracts/session.js';

/** The losses of a step's instances before its update: their sum and their number. */
export interface StepLosses {
  readonly sum: number;
  readonly count: number;
}

/**
 * Updates the parameters once by the gradient of the mean loss, with one read from the engine. {@link trainTask} does it
 * for you; use it for a loop of your own.
 *
 * @throws An error that names the instances when a loss is not finite, or the parameter when its gradient is not; the
 * parameters are then unchanged.
 * @example
 * ```ts
 * import { adam, useEngine } from '@aimle/engine';
 * import { key } from '@aimle/random';
 * import { layerModel, trainStep } from '@aimle/training';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const slope = tf.variable(tf.scalar(0));
 * const losses = (x: tf.Tensor1D) => x.mul(slope).sub<tf.Tensor1D>(6).square<tf.Tensor1D>();
 * const layer = { state: null, lastStep: null };
 * const model = layerModel({ parameters: new Map([['slope', slope]]), layer, losses });
 * const optimiser = adam({ learningRate: 0.1 });
 * const { sum, count } = await trainStep(model, tf.tensor1d([2, 3]), key(0), optimiser);
 * sum / count; // => 36
 * ```
 */
export async function trainStep<Batch>(
  model: Model<Batch>,
  batch: Batch,
  key: Key,
  optimiser: Adam,
): Promise<StepLosses> {
  const kept: tf.Tensor[] = [];
  try {
    const { value, gradients } = valueAndGradients(model.parameters, () => {
      const losses = model.losses(batch, key);
      if (losses.rank !== 1) {
        throw new Error(
          `losses must have shape [B], one for each instance, got [${losses.shape.join(', ')}]`,
        );
      }
      kept.push(tf.keep(losses));
      return tf.mean(losses);
    });
    kept.push(value, ...gradients.values());
    const losses = await kept[0]!.data();
    const sum = finiteSum(losses);
    optimiser.apply(model.parameters, gradients);
    return { sum, count: losses.length };
  } finally {
    tf.dispose(kept);
  }
}

function finiteSum(losses: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < losses.length; i++) sum += losses[i]!;
  if (Number.isFinite(sum)) return sum;
  const broken = Array.from(losses, (loss, instance) => ({ loss, instance })).filter(
    ({ loss }) => !Number.isFinite(loss),
  );
  const named = broken.slice(0, 8).map(({ loss, instance }) => `${loss} for instance ${instance}`);
  const more = broken.length > named.length ? ` and ${broken.length - named.length} more` : '';
  throw new Error(
    `the loss is ${named.join(', ')}${more}, of ${losses.length} in the batch (counted from 0); ` +
      'lower learningRate, or look for a division by zero or a logarithm of zero in the model',
  );
}
