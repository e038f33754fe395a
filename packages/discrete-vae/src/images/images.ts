/** Grey images of one size. */
export interface Images {
  readonly width: number;
  readonly height: number;
  /** Number of images. */
  readonly count: number;
  /** `count * height * width` grey values, 0 to 255, image after image and row after row. */
  readonly images: Uint8Array;
}

export function pixelsOf({ width, height }: Images): number {
  return width * height;
}

/** Picks images by index. */
export function imagesAt(all: Images, indices: ArrayLike<number>): Images {
  const size = pixelsOf(all);
  const images = new Uint8Array(indices.length * size);
  for (let i = 0; i < indices.length; i++) {
    images.set(all.images.subarray(indices[i]! * size, (indices[i]! + 1) * size), i * size);
  }
  return { ...all, count: indices.length, images };
}

/** Returns the grey values in [0, 1] of the images at `indices`. */
export function pixelsAt(set: Images, indices: ArrayLike<number>): Float32Array {
  const size = pixelsOf(set);
  const pixels = new Float32Array(indices.length * size);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * size;
    for (let p = 0; p < size; p++) pixels[i * size + p] = set.images[from + p]! / 255;
  }
  return pixels;
}
