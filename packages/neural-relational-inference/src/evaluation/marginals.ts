import type { Layer } from '@aimle/estimators';
import { foldIn, type Key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import type { RelationalNetwork } from '../model/network.js';
import { batchOf, type PositionScale } from '../motion/batch.js';
import type { Motions } from '../motion/motions.js';

const BATCH = 100;

interface MarginalsOptions {
  /** The scale of the training set. */
  readonly scale: PositionScale;
  readonly key: Key;
  /** Which recordings; default all. */
  readonly indices?: readonly number[];
  /** Draws per recording; default 100. */
  readonly draws?: number;
}

/** Estimates how often each edge is drawn for each recording, [recordings, edges], in [0, 1]. */
export function marginalsOf(
  network: RelationalNetwork,
  layer: Layer,
  motions: Motions,
  { scale, key, indices = Array.from({ length: motions.count }, (_, i) => i), draws = 100 }: MarginalsOptions,
): Float32Array {
  const { size } = layer.solver;
  const marginals = new Float32Array(indices.length * size);
  for (let from = 0; from < indices.length; from += BATCH) {
    const mean = tf.tidy(() => {
      const motion = batchOf(motions, indices.slice(from, from + BATCH), scale);
      const theta = network.encode(motion, { training: false });
      const z = layer.sample(theta, { key: foldIn(key, `draws ${from}`), samples: draws });
      return z.mean(1).dataSync<'float32'>() as unknown as tf.Tensor;
    }) as unknown as Float32Array;
    marginals.set(mean, from * size);
  }
  return marginals;
}
