import * as tf from '@tensorflow/tfjs';
import type { Applied, Expected } from './estimator.js';
import type { Layout } from './layout.js';

/** The mean over samples of the losses of states that carry their own gradient. */
export function meanLoss(name: string, { z, info }: Applied, loss: (z: tf.Tensor) => tf.Tensor): Expected {
  return { value: tf.mean(lossesOf(name, z, loss), sampleAxis(z)), info };
}

/** One loss a state, or one for all the states of a sample, or of a part of its axes. */
export function lossesOf(name: string, z: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor): tf.Tensor {
  const losses = loss(z);
  const whole = z.shape.slice(0, -1);
  const fits = losses.shape.every((axis, i) => axis === whole[i]) && losses.rank <= whole.length;
  if (!fits || losses.rank <= sampleAxis(z)) {
    throw new RangeError(
      `${name}: the loss must answer one number a state, shape [${whole}] for states of shape [${z.shape}], or fewer ` +
        `of the last axes where states share a loss, at least [${whole.slice(0, sampleAxis(z) + 1)}], got shape ` +
        `[${losses.shape}]. Sum over the last axis, and average over neither the batch nor the samples.`,
    );
  }
  return losses;
}

/** The axis of z that counts samples: the first where theta has no batch. */
export function sampleAxis(z: tf.Tensor): 0 | 1 {
  return z.rank === 2 ? 0 : 1;
}

/** How losses lie in memory: as the states z do, but for the axes that they leave out. */
export function layoutOfLosses(layout: Layout, losses: tf.Tensor): Layout {
  const events = layout.batch * layout.samples === 0 ? 0 : losses.size / (layout.batch * layout.samples);
  const { batch, samples } = layout;
  const instances = batch * events;
  return {
    batch,
    samples,
    events,
    size: 1,
    instances,
    rows: instances * samples,
    shape: losses.shape,
  };
}
