import { checkShape, elementsIn } from './elements.js';
import { FormatError } from './formatError.js';
import { gunzip, isGzip } from './gzip.js';

/** The contents of an idx file: bytes in a shape, such as [60000, 28, 28] for images and [60000] for labels. */
export interface IdxArray {
  /** Lengths of the axes, outermost first. */
  readonly shape: readonly number[];
  /** The elements, with the last axis varying fastest. */
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads an idx file of unsigned bytes, the format of MNIST. Gzipped files, of one or more members, are unpacked.
 *
 * The format: two zero bytes, the element type (8: unsigned byte), the number of sides, each side as a big-endian
 * 32-bit integer, then the elements (Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits").
 *
 * @param bytes - the whole file. Without gzip, `data` is a view of it.
 * @param file - its name in error messages.
 * @returns the shape and the elements.
 * @throws FormatError when the file is of another kind, cut short, too long or corrupt, or unpacks to more than 250 times its
 * size (and 64 MB).
 *
 * @example
 * ```ts
 * import { readIdx, writeIdx } from '@aimle/datasets';
 *
 * const bytes = writeIdx({ shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) });
 * readIdx(bytes).shape // => [2, 2]
 * ```
 */
export function readIdx(bytes: Uint8Array, file = 'idx data'): IdxArray {
  if (isGzip(bytes)) return readIdx(gunzip(bytes, file, sizeIn), file);
  const [zero, alsoZero, type, sides] = bytes;
  if (bytes.length < 4) {
    throw new FormatError(
      `${file}: an idx file has a header of at least 4 bytes, got ${bytes.length}; get it again`,
    );
  }
  if (zero !== 0 || alsoZero !== 0) {
    throw new FormatError(
      `${file}: an idx file begins with 0, 0, got ${zero}, ${alsoZero}; is it another kind of file?`,
    );
  }
  if (type !== UNSIGNED_BYTE) {
    throw new FormatError(`${file}: only idx files of unsigned bytes (type 8) can be read, got type ${type}`);
  }
  const start = 4 + 4 * sides!;
  if (sides === 0 || bytes.length < start) {
    throw new FormatError(
      `${file}: the idx header claims ${sides} sides, which ${bytes.length} bytes cannot hold`,
    );
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, start);
  const shape = Array.from({ length: sides! }, (_, side) => header.getUint32(4 + 4 * side));
  const data = bytes.subarray(start);
  if (data.length !== elementsIn(shape)) {
    const trouble = data.length < elementsIn(shape) ? 'it is cut short' : 'it has trailing bytes';
    throw new FormatError(
      `${file}: shape [${shape.join(', ')}] needs ${elementsIn(shape)} bytes, got ${data.length}: ${trouble}`,
    );
  }
  return { shape, data };
}

/** The length of an idx file by its header; infinite where the header is damaged or goes on, since reading it finds that. */
function sizeIn(beginning: Uint8Array): number {
  const sides = beginning[3] ?? 0;
  const start = 4 + 4 * sides;
  if (sides === 0 || beginning.length < start) return Number.POSITIVE_INFINITY;
  const header = new DataView(beginning.buffer, beginning.byteOffset, start);
  return start + elementsIn(Array.from({ length: sides }, (_, side) => header.getUint32(4 + 4 * side)));
}

/**
 * Writes an idx file of unsigned bytes, not gzipped; {@link readIdx} has the format.
 *
 * @param array - the shape, of 1 to 255 sides, and the elements.
 * @returns the bytes of the file.
 * @throws RangeError when the shape does not fit the data or the format.
 *
 * @example
 * ```ts
 * import { writeIdx } from '@aimle/datasets';
 *
 * const bytes = writeIdx({ shape: [2], data: Uint8Array.of(5, 6) });
 * Array.from(bytes) // => [0, 0, 8, 1, 0, 0, 0, 2, 5, 6]
 * ```
 */
export function writeIdx({ shape, data }: IdxArray): Uint8Array {
  checkShape('writeIdx', shape, data.length);
  if (shape.length < 1 || shape.length > 255 || shape.some((side) => side >= 2 ** 32)) {
    throw new RangeError(`writeIdx: shape must have 1 to 255 sides below 2^32, got [${shape.join(', ')}]`);
  }
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  const header = new DataView(bytes.buffer);
  bytes.set([0, 0, UNSIGNED_BYTE, shape.length]);
  shape.forEach((side, at) => {
    header.setUint32(4 + 4 * at, side);
  });
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
}
