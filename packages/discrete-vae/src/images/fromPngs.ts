import { FormatError } from '@aimle/datasets';
import { decode } from 'fast-png';
import type { Images } from './images.js';

/** Decodes PNG files, which must be of one size. */
export function imagesFromPngs(files: readonly (readonly [name: string, bytes: Uint8Array])[]): Images {
  const [first, ...others] = files.map(([name, bytes]) => ({ name, ...greyPicture(bytes, name) }));
  const { width, height, name } = first!;
  const unlike = others.find((other) => other.width !== width || other.height !== height);
  if (unlike !== undefined) {
    throw new FormatError(
      `${unlike.name}: all pictures must have one size, that of ${name}, ${width} by ${height}, got ` +
        `${unlike.width} by ${unlike.height}; scale or cut them`,
    );
  }
  const images = new Uint8Array(files.length * width * height);
  [first!, ...others].forEach(({ levels }, i) => {
    images.set(levels, i * width * height);
  });
  return { count: files.length, width, height, images };
}

function greyPicture(bytes: Uint8Array, file: string) {
  let image: ReturnType<typeof decode>;
  try {
    image = decode(bytes);
  } catch (error) {
    throw new FormatError(`${file}: must be a PNG picture: ${(error as Error).message}`);
  }
  const { width, height, data, channels, depth, palette } = image;
  const white = palette ? 255 : 2 ** depth - 1;
  const values = depth < 8 ? unpacked(data, { width, height, depth }) : data;
  const levels = new Uint8Array(width * height);
  for (let pixel = 0; pixel < levels.length; pixel++) {
    const at = pixel * channels;
    // With one or two channels the first one is grey.
    const [red, green, blue] = palette?.[values[at]!] ?? values.subarray(at, at + channels);
    const level = palette || channels > 2 ? 0.299 * red! + 0.587 * green! + 0.114 * blue! : red!;
    levels[pixel] = Math.round((255 * level) / white);
  }
  return { width, height, levels };
}

/** Spreads pixels of fewer than 8 bits, of which a byte holds several; each row begins with a new byte. */
function unpacked(
  data: ArrayLike<number>,
  { width, height, depth }: { readonly width: number; readonly height: number; readonly depth: number },
): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  return Uint8Array.from({ length: width * height }, (_, pixel) => {
    const bit = (pixel % width) * depth;
    const byte = data[Math.floor(pixel / width) * rowBytes + (bit >> 3)]!;
    return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  });
}
