import * as tf from '@tensorflow/tfjs';
import type { Applied, Expected } from './estimator.js';

/** The mean over samples of the losses of states that carry their own gradient. */
export function meanLoss(name: string, { z, info }: Applied, loss: (z: tf.Tensor) => tf.Tensor): Expected {
  return { value: tf.mean(lossesOf(name, z, loss), sampleAxis(z)), info };
}

/** One loss a state, in the shape that is asked for. */
export function lossesOf(name: string, z: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor): tf.Tensor {
  const losses = loss(z);
  const expected = z.shape.slice(0, -1);
  if (losses.shape.join() !== expected.join()) {
    throw new RangeError(
      `${name}: the loss must answer one number a state, shape [${expected}] for states of shape [${z.shape}], got ` +
        `shape [${losses.shape}]. Sum over the last axis, and over nothing else.`,
    );
  }
  return losses;
}

/** The axis of z that counts samples: the first where theta has no batch. */
export function sampleAxis(z: tf.Tensor): 0 | 1 {
  return z.rank === 2 ? 0 : 1;
}
