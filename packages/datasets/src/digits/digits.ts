import { fillUniform, foldIn, type Key } from '@aimle/random';
import { type ImageSet, SIDE } from '../image/imageSet.js';
import { glyphs, MAX_POINTS } from './glyphs.js';
import { type Style, write } from './hand.js';
import { pen } from './pen.js';

/** Settings of {@link digits}. */
export interface DigitsOptions {
  /** Number of images, at least 0. */
  readonly count: number;
  /** Determines the images: another key gives other images. */
  readonly key: Key;
}

/** Number of uniform numbers for the digit, the glyph and the style; those for the points follow. */
const CHOICES = 16;
const MIDDLE = SIDE / 2;

/**
 * Draws digits that look handwritten: any number of 28 by 28 grey images of the ten classes, without a download.
 *
 * Each image picks one of a few stroke glyphs for its digit, perturbs every control point, slants, bends, rotates,
 * stretches and places the glyph, and draws it with a pen of random width, anti-aliased by the distance to the stroke
 * and lightly blurred. Like MNIST's, the digits are about 20 pixels high with their centre of mass near the middle; but
 * this is not MNIST, and results on the two cannot be compared.
 *
 * Image i depends on (key, i) only: a longer set begins with the shorter one. Each class has probability 1/10.
 * Cost: about 50 microseconds per image.
 *
 * @param options - the number of images, and the key.
 * @returns the images and labels, `source` being `'generated'`.
 * @throws RangeError when count is not an integer of at least 0, TypeError when key is not a key.
 *
 * @example
 * ```ts
 * import { digits } from '@aimle/datasets';
 * import { key } from '@aimle/random';
 *
 * const { labels, images } = digits({ count: 100, key: key(0) });
 * images.length // => 78400
 * Math.max(...labels) // => 9
 * ```
 */
export function digits({ count, key }: DigitsOptions): ImageSet {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`digits: count must be an integer of at least 0, got ${String(count)}`);
  }
  const images = new Uint8Array(count * SIDE * SIDE);
  const labels = new Uint8Array(count);
  const random = new Float64Array(CHOICES + 2 * MAX_POINTS);
  const lines = new Float64Array(4 * 6 * MAX_POINTS);
  const { draw } = pen();
  for (let i = 0; i < count; i++) {
    fillUniform(foldIn(key, i), random);
    const label = Math.floor(10 * random[0]!);
    const ways = glyphs[label]!;
    const glyph = ways[Math.floor(ways.length * random[1]!)]!;
    const style = styleFrom(random);
    const bleed = 0.03 + 0.07 * random[2]!;
    const used = write(glyph, style, lines);
    draw(lines, used, style.radius, bleed, images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE));
    labels[i] = label;
  }
  return { name: 'digits', source: 'generated', width: SIDE, height: SIDE, count, images, labels };
}

function styleFrom(random: Float64Array): Style {
  /** Between -1 and 1, mostly near 0: the difference of two uniform numbers. */
  const around = (at: number): number => random[at]! - random[at + 1]!;
  return {
    slant: 0.12 + 0.35 * around(3),
    bend: 0.08 * around(5),
    rotation: 0.2 * around(7),
    stretch: 0.95 + 0.3 * around(9),
    extent: 20 + 2 * around(11),
    centre: [MIDDLE + 1.2 * (2 * random[13]! - 1), MIDDLE + 1.2 * (2 * random[14]! - 1)],
    radius: 0.75 + 1.05 * random[15]! ** 1.3,
    stray: 0.05,
    noise: (index) => 2 * random[CHOICES + index]! - 1,
  };
}
