import type { Layer } from '@aimle/estimators';
import { foldIn, type Key } from '@aimle/random';
import type { Figure } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import type { Splits } from './data.js';
import { type Images, pixelsAt } from './images/images.js';
import { type DiscreteVaeNetwork, reconstruct } from './network.js';
import { drawCodes, type KnownCodes } from './prior.js';
import type { DiscreteVaeConfig } from './settings.js';

const COLUMNS = 16;
const SAMPLE_ROWS = 4;
const CHANGES = 4;
/** Training images whose codes the prior of the samples is made of. */
const CODED = 2000;

/** Draws reconstructions of test images, their codes, what single codes change, and samples. */
export function figuresOf(
  network: DiscreteVaeNetwork,
  layer: Layer,
  { train, test }: Splits,
  config: DiscreteVaeConfig,
  key: Key,
): Figure[] {
  const { codes, codeSize, k } = config;
  const columns = Math.min(COLUMNS, test.count);
  const frame = { kind: 'images', columns, width: test.width, height: test.height } as const;
  const pixels = pixelsAt(
    test,
    Array.from({ length: columns }, (_, i) => i),
  );
  const reconstructed = tf.tidy(() => {
    const input = tf.tensor2d(pixels, [columns, network.pixels]);
    return reconstruct(network, layer, input, 1, foldIn(key, 'reconstructions'))
      .logits.sigmoid()
      .dataSync<'float32'>();
  });
  const decoded = (bits: Float32Array): Float32Array =>
    tf.tidy(() =>
      network
        .decode(tf.tensor4d(bits, [bits.length / (codes * codeSize), 1, codes, codeSize]))
        .sigmoid()
        .dataSync<'float32'>(),
    );
  const shown = codesOf(network, layer, test, columns, config);
  const known = codesOf(network, layer, train, Math.min(CODED, train.count), config);
  const samples = decoded(drawCodes(known, columns * SAMPLE_ROWS, foldIn(key, 'samples')));
  const rows = (values: Float32Array) => greyRows(values, columns * network.pixels);
  return [
    {
      ...frame,
      name: 'reconstructions',
      title: 'Reconstructions',
      caption: 'Images the model never saw, and their reconstructions from codes drawn as in training.',
      rows: [
        { label: 'image', pixels: grey(pixels) },
        { label: 'reconstruction', pixels: grey(reconstructed) },
      ],
    },
    {
      ...frame,
      width: codeSize,
      height: codes,
      name: 'codes',
      title: 'Codes',
      caption:
        `The most probable codes of the same images, in the same order: a line for each of ${codes} codes, with ${k} of its ` +
        `${codeSize} bits on, which are white. This is all that the decoder gets.`,
      rows: [{ label: '', pixels: grey(shown.bits) }],
    },
    ...(test.count < 2
      ? []
      : [
          {
            ...frame,
            name: 'changes',
            title: 'From one image to another',
            caption:
              'Each line begins with the codes of one image, and takes over those of the next image, one after another: all ' +
              'images between are decoded from codes of both.',
            rows: rows(decoded(changes(shown, columns))),
          },
        ]),
    {
      ...frame,
      name: 'samples',
      title: 'Samples',
      caption:
        'Made up: codes that go together as those of training images do, decoded. Code after code is that of the ' +
        'training image, among 64 random ones, that is most like what was drawn before. (Codes drawn uniformly, the ' +
        "loss's prior, decode to blurs: an encoder uses few of the possible codes.)",
      rows: rows(samples),
    },
  ];
}

/** The most probable codes of the first images of a set. */
function codesOf(
  network: DiscreteVaeNetwork,
  layer: Layer,
  set: Images,
  count: number,
  { codes, codeSize, batchSize }: DiscreteVaeConfig,
): KnownCodes {
  const bits = new Float32Array(count * codes * codeSize);
  for (let from = 0; from < count; from += batchSize) {
    const indices = Array.from({ length: Math.min(batchSize, count - from) }, (_, i) => from + i);
    const states = tf.tidy(() =>
      layer
        .mode(network.encode(tf.tensor2d(pixelsAt(set, indices), [indices.length, network.pixels])))
        .dataSync<'float32'>(),
    );
    bits.set(states, from * codes * codeSize);
  }
  return { bits, count, codes, codeSize };
}

/** Lines of codes that begin as those of one image, and end as those of the next. */
function changes({ bits, count, codes, codeSize }: KnownCodes, columns: number): Float32Array {
  const length = codes * codeSize;
  const lines = Math.min(CHANGES, count - 1);
  const between = new Float32Array(lines * columns * length);
  for (let line = 0; line < lines; line++) {
    for (let column = 0; column < columns; column++) {
      const taken = Math.round((codes * column) / (columns - 1)) * codeSize;
      const [one, next] = [line * length, (line + 1) * length];
      const at = (line * columns + column) * length;
      between.set(bits.subarray(next, next + taken), at);
      between.set(bits.subarray(one + taken, one + length), at + taken);
    }
  }
  return between;
}

function greyRows(values: Float32Array, length: number): { label: string; pixels: string }[] {
  return Array.from({ length: values.length / length }, (_, i) => ({
    label: '',
    pixels: grey(values.subarray(i * length, (i + 1) * length)),
  }));
}

function grey(values: Float32Array): string {
  let text = '';
  for (let i = 0; i < values.length; i++) text += String.fromCharCode(Math.round(values[i]! * 255));
  return btoa(text);
}
