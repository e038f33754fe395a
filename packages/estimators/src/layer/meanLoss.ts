import type * as tf from '@tensorflow/tfjs';
import type { Layout } from './layout.js';

/** Computes the mean over samples of the losses of differentiable states. */
export function meanLoss(
  name: string,
  z: tf.Tensor,
  layout: Layout,
  loss: (z: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  return overSamples(lossesOf(name, z, layout, loss), layout);
}

/** Averages over the axis of the samples, if there is one. */
export function overSamples(losses: tf.Tensor, { sampleAxis }: Layout): tf.Tensor {
  return sampleAxis === null ? losses : losses.mean(sampleAxis);
}

/** Computes the losses and checks their shape: one per state, or one for several states of a sample. */
export function lossesOf(
  name: string,
  z: tf.Tensor,
  layout: Layout,
  loss: (z: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const losses = loss(z);
  const full = z.shape.slice(0, -1);
  // States of a sample may share a loss; samples and instances of the batch may not.
  const minRank = layout.sampleAxis === null ? Math.min(full.length, 1) : layout.sampleAxis + 1;
  const fits = losses.shape.every((axis, i) => axis === full[i]) && losses.rank <= full.length;
  if (!fits || losses.rank < minRank) {
    throw new RangeError(
      `${name}: the loss must return one number per state, shape [${full}] for states of shape [${z.shape}], or drop the ` +
        `last axes where states share a loss, down to [${full.slice(0, minRank)}], got shape ` +
        `[${losses.shape}]. Sum over the last axis, and average over neither the batch nor the samples.`,
    );
  }
  return losses;
}

/** The memory layout of losses: that of the states z without the axes that the losses drop. */
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
