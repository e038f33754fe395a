import { FormatError, type NpyArray } from '@aimle/datasets';
import type { Images } from './images.js';

/** Takes an array [images, height, width] as images; an axis of length 1 for the channel may come second or last. */
export function imagesFromArray({ dtype, shape, data }: NpyArray, file: string): Images {
  const sides = shape.length === 4 ? withoutChannel(shape) : shape;
  const [count = 0, height = 0, width = 0] = sides;
  if (sides.length !== 3 || count * height * width === 0) {
    throw new FormatError(
      `${file}: images must be grey, [images, height, width], got ${dtype} [${shape.join(', ')}]`,
    );
  }
  return { count, height, width, images: greyLevels(data, file) };
}

function withoutChannel(shape: readonly number[]): readonly number[] {
  const [count, second, third, last] = shape as [number, number, number, number];
  if (last === 1) return [count, second, third];
  return second === 1 ? [count, third, last] : shape;
}

/** Numbers in [0, 1] or whole numbers in [0, 255] as levels of 8 bits. */
function greyLevels(data: NpyArray['data'], file: string): Uint8Array {
  let max = 0;
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    if (!(value >= 0 && value <= 255)) {
      throw new FormatError(`${file}: grey values must be in [0, 1] or in [0, 255], got ${value} at ${i}`);
    }
    if (value > max) max = value;
  }
  const scale = max <= 1 ? 255 : 1;
  if (scale === 1 && data instanceof Uint8Array) return data;
  return Uint8Array.from({ length: data.length }, (_, i) => Math.round(Number(data[i]) * scale));
}
