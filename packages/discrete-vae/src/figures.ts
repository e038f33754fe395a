import type { ImageSet } from '@aimle/datasets';
import { type Layer, straightThrough } from '@aimle/estimators';
import { foldIn, gumbel, type Key } from '@aimle/random';
import type { Figure } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { pixelsAt } from './data.js';
import { type DiscreteVaeNetwork, PIXELS, reconstruct } from './network.js';
import type { DiscreteVaeConfig } from './settings.js';

const COLUMNS = 16;
const SAMPLE_ROWS = 4;

export function figuresOf(
  network: DiscreteVaeNetwork,
  layer: Layer,
  set: ImageSet,
  config: DiscreteVaeConfig,
  key: Key,
): Figure[] {
  const columns = Math.min(COLUMNS, set.count);
  const frame = { kind: 'images', columns, width: set.width, height: set.height } as const;
  const indices = Array.from({ length: columns }, (_, i) => i);
  const pixels = pixelsAt(set, indices);
  const reconstructed = tf.tidy(() => {
    const input = tf.tensor2d(pixels, [columns, PIXELS]);
    return reconstruct(network, layer, input, 1, foldIn(key, 'reconstructions'))
      .logits.sigmoid()
      .dataSync<'float32'>();
  });
  const samples = tf.tidy(() => {
    // The prior is uniform over the states of every code: equal thetas with fresh noise.
    const flat = tf.zeros([columns * SAMPLE_ROWS, config.codes, config.codeSize]);
    const drawn = { key: foldIn(key, 'samples'), samples: 1 };
    const z = straightThrough(layer.solver, { noise: gumbel() }).sample(flat, drawn);
    return network.decode(z).sigmoid().dataSync<'float32'>();
  });
  const row = columns * PIXELS;
  return [
    {
      ...frame,
      name: 'reconstructions',
      title: 'Reconstructions',
      caption: 'Images the model never saw, and their reconstructions from the codes.',
      rows: [
        { label: 'image', pixels: grey(pixels) },
        { label: 'reconstruction', pixels: grey(reconstructed) },
      ],
    },
    {
      ...frame,
      name: 'samples',
      title: 'Samples',
      caption: `${config.codes} codes drawn at random, each with ${config.k} of ${config.codeSize} bits on, decoded.`,
      rows: Array.from({ length: SAMPLE_ROWS }, (_, i) => ({
        label: '',
        pixels: grey(samples.subarray(i * row, (i + 1) * row)),
      })),
    },
  ];
}

function grey(values: Float32Array): string {
  let text = '';
  for (let i = 0; i < values.length; i++) text += String.fromCharCode(Math.round(values[i]! * 255));
  return btoa(text);
}
