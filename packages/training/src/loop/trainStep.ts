import { type Adam, type BatchPart, valueAndGradients } from '@aimle/engine';
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
  return withGradients({ model, batch, key }, async (losses, gradients) => {
    const values = await losses.data();
    const sum = finiteSum(values);
    optimiser.apply(model.parameters, gradients);
    return { sum, count: values.length };
  });
}

/** What losses are computed of. */
interface Losses<Batch> {
  readonly model: Model<Batch>;
  readonly batch: Batch;
  readonly key: Key;
  /** Where `batch` is a part of the step's batch. */
  readonly part?: BatchPart;
}

/** Computes losses and their gradients, and disposes of both after use. The gradients of all parts add up to that of the mean. */
export async function withGradients<Batch, Result>(
  { model, batch, key, part }: Losses<Batch>,
  use: (losses: tf.Tensor, gradients: ReadonlyMap<string, tf.Tensor>) => Promise<Result>,
): Promise<Result> {
  const kept: tf.Tensor[] = [];
  try {
    const { value, gradients } = valueAndGradients(model.parameters, () => {
      const losses = model.losses(batch, key, part);
      if (losses.rank !== 1) {
        throw new Error(
          `losses must have shape [B], one for each instance, got [${losses.shape.join(', ')}]`,
        );
      }
      kept.push(tf.keep(losses));
      return part === undefined ? tf.mean(losses) : tf.sum(losses).div(part.batch);
    });
    kept.push(value, ...gradients.values());
    return await use(kept[0]!, gradients);
  } finally {
    tf.dispose(kept);
  }
}

/** Adds losses up. Throws if one is not finite, and names its instance. */
export function finiteSum(losses: ArrayLike<number>, part?: BatchPart): number {
  let sum = 0;
  for (let i = 0; i < losses.length; i++) sum += losses[i]!;
  if (Number.isFinite(sum)) return sum;
  const { first, batch } = part ?? { first: 0, batch: losses.length };
  const broken = Array.from(losses, (loss, i) => ({ loss, instance: first + i })).filter(
    ({ loss }) => !Number.isFinite(loss),
  );
  const named = broken.slice(0, 8).map(({ loss, instance }) => `${loss} for instance ${instance}`);
  const more = broken.length > named.length ? ` and ${broken.length - named.length} more` : '';
  throw new Error(
    `the loss is ${named.join(', ')}${more}, of ${batch} in the batch (counted from 0); ` +
      'lower learningRate, or look for a division by zero or a logarithm of zero in the model',
  );
}
