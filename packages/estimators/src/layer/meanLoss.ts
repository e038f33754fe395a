import type * as tf from '@tensorflow/tfjs';
import type { Layout } from './layout.js';

/** The mean over samples of the losses of states that carry their own gradient. */
export function meanLoss(
  name: string,
  z: tf.Tensor,
  layout: Layout,
  loss: (z: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  return overSamples(lossesOf(name, z, layout, loss), layout);
}

/** The mean over the axis that counts samples, if there is one. */
export function overSamples(losses: tf.Tensor, { sampleAxis }: Layout): tf.Tensor {
  return sampleAxis === null ? losses : losses.mean(sampleAxis);
}

/** One loss a state, or one for all the states of a sample, or of a part of its axes. */
export function lossesOf(
  name: string,
  z: tf.Tensor,
  layout: Layout,
  loss: (z: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const losses = loss(z);
  const full = z.shape.slice(0, -1);
  // Losses may be shared by the states of a sample, but not by samples, nor by instances of the batch.
  const minRank = layout.sampleAxis === null ? Math.min(full.length, 1) : layout.sampleAxis + 1;
  const fits = losses.shape.every((axis, i) => axis === full[i]) && losses.rank <= full.length;
  if (!fits || losses.rank < minRank) {
    throw new RangeError(
      `${name}: the loss must return one number a state, shape [${full}] for states of shape [${z.shape}], or fewer ` +
        `of the last axes where states share a loss, at minRank [${full.slice(0, minRank)}], got shape ` +
        `[${losses.shape}]. Sum over the last axis, and average over neither the batch nor the samples.`,
    );
  }
  return losses;
}

/** How losses lie in memory: as the states z do, but for the axes that they leave out. */
export function layoutOfLosses(layout: Layout, losses: tf.Tensor): Layout {
  const events = layout.batch * layout.samples === 0 ? 0 : losses.size / (layout.batch * layout.samples);
  const { batch, samples, sampleAxis } = layout;
  const instances = batch * events;
  return {
    batch,
    samples,
    events,
    size: 1,
    instances,
    rows: instances * samples,
    shape: losses.shape,
    sampleAxis,
  };
}
