import type { Layer } from '@aimle/estimators';
import { foldIn, type Key } from '@aimle/random';
import type { Figure } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import type { Network } from '../model/network.js';
import { batchOf, edgesOf, type PositionScale } from '../motion/batch.js';
import type { Motions } from '../motion/motions.js';
import { drawRecording } from './drawRecording.js';

const RECORDINGS = 8;
/** Trees drawn for a recording, whose mean is what is believed of each edge. */
const TREES = 100;

/** What the model makes of motion that it never saw: recordings, what is believed of their edges, and the truth. */
export function figuresOf(
  network: Network,
  layer: Layer,
  motions: Motions,
  scale: PositionScale,
  key: Key,
): Figure[] {
  if (motions.dimensions !== 2) return [];
  const count = Math.min(RECORDINGS, motions.count);
  const indices = Array.from({ length: count }, (_, i) => i);
  const [positions, marginals] = tf.tidy(() => {
    const motion = batchOf(motions, indices, scale);
    const theta = network.encode(motion, { training: false });
    const { z } = layer.apply(theta, { key: foldIn(key, 'trees'), samples: TREES });
    return [motion.dataSync<'float32'>(), z.mean(1).dataSync<'float32'>()] as unknown as tf.Tensor[];
  }) as unknown as [Float32Array, Float32Array];
  const truth = motions.edges === null ? null : edgesOf(motions, indices);
  const { frames, vertices } = motions;
  const drawings = indices.map((b) =>
    drawRecording({
      frames,
      vertices,
      positions: part(positions, b, count),
      marginals: part(marginals, b, count),
      truth: truth && part(truth, b, count),
    }),
  );
  const known = truth === null ? '' : ' Dashed: the true tree.';
  return [
    {
      name: 'trees',
      title: 'Trees from motion',
      caption: `Recordings the model never saw: each vertex with its trail. Blue: how often an edge is in a tree that is drawn, in width and depth.${known}`,
      kind: 'drawings',
      columns: 4,
      width: 220,
      height: 220,
      drawings,
    },
  ];
}

/** The numbers of one recording out of all. */
function part(values: Float32Array, b: number, count: number): Float32Array {
  const size = values.length / count;
  return values.subarray(b * size, (b + 1) * size);
}
