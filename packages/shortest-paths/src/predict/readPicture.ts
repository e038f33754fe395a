import { FormatError, readNpy } from '@aimle/datasets';
import { decode } from 'fast-png';
import { CELL_PIXELS } from '../network.js';

/** A picture of a map. */
export interface Picture {
  /** Rows of cells: the picture has 8 times as many rows of pixels. */
  readonly height: number;
  /** Columns of cells. */
  readonly width: number;
  /** Red, green and blue, 0 to 255: [height * 8, width * 8, 3]. */
  readonly pixels: Uint8Array;
}

/**
 * Reads a picture of terrain from the bytes of a file: PNG with 8 bits a channel, in colour (transparency is left out) or
 * grey, or NumPy's .npy with uint8 [rows, columns, 3]. A cell is 8 by 8 pixels.
 *
 * @param file - its name, which tells the format and which messages begin with.
 * @throws FormatError when the file is damaged or of another kind, or its sides are no multiples of 8 pixels from 16 on.
 * @example
 * ```ts
 * import { writeNpy } from '@aimle/datasets';
 * import { readPicture } from '@aimle/shortest-paths';
 *
 * const bytes = writeNpy({ dtype: 'u1', shape: [16, 24, 3], data: new Uint8Array(16 * 24 * 3) });
 * readPicture(bytes, 'map.npy').width; // => 3
 * ```
 */
export function readPicture(bytes: Uint8Array, file: string): Picture {
  const { rows, columns, pixels } = /\.npy$/i.test(file) ? fromNpy(bytes, file) : fromPng(bytes, file);
  const fits = (side: number): boolean => side % CELL_PIXELS === 0 && side >= 2 * CELL_PIXELS;
  if (!fits(rows) || !fits(columns)) {
    throw new FormatError(
      `${file}: a cell is 8 by 8 pixels, so both sides must be multiples of 8 and at least 16, got ${columns} by ${rows}; ` +
        'scale or cut the picture',
    );
  }
  return { height: rows / CELL_PIXELS, width: columns / CELL_PIXELS, pixels };
}

/** Of 4,096 by 4,096 pixels: a header that claims more is refused before memory is allocated. */
const MAX_PIXELS = 2 ** 24;

interface Pixels {
  readonly rows: number;
  readonly columns: number;
  readonly pixels: Uint8Array;
}

function fromNpy(bytes: Uint8Array, file: string): Pixels {
  const { dtype, shape, data } = readNpy(bytes, file);
  const [rows, columns, channels] = shape;
  if (dtype !== 'u1' || shape.length !== 3 || channels !== 3) {
    throw new FormatError(`${file}: must be u1 [rows, columns, 3], got ${dtype} [${shape.join(', ')}]`);
  }
  return { rows: rows!, columns: columns!, pixels: data };
}

function fromPng(bytes: Uint8Array, file: string): Pixels {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const claimed = bytes.length < 24 ? 0 : header.getUint32(16) * header.getUint32(20);
  if (claimed > MAX_PIXELS) {
    throw new FormatError(
      `${file}: must have at most ${MAX_PIXELS} pixels, got ${claimed}; scale or cut the picture`,
    );
  }
  let image: ReturnType<typeof decode>;
  try {
    image = decode(bytes);
  } catch (error) {
    throw new FormatError(`${file}: must be a PNG picture or .npy: ${(error as Error).message}`);
  }
  const { width, height, data, channels, depth, palette } = image;
  if (depth !== 8) throw new FormatError(`${file}: must have 8 bits a channel, got ${depth}`);
  const pixels = new Uint8Array(3 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = palette?.[data[pixel]!];
    for (let channel = 0; channel < 3; channel++) {
      // With one or two channels the first one is grey.
      const level = data[pixel * channels + (channels < 3 ? 0 : channel)]!;
      pixels[3 * pixel + channel] = colour?.[channel] ?? level;
    }
  }
  return { rows: height, columns: width, pixels };
}
