import {
  bytesOf,
  checkShape,
  type ElementKind,
  type Elements,
  elementsIn,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
} from './elements.js';
import { FormatError } from './formatError.js';
import { npyHeader, parseNpyHeader } from './npyHeader.js';

/**
 * An array of a NumPy file: the element type by NumPy's short name, the shape, and the elements in C order.
 * Half floats (`f2`) are widened to float32; `i8` and `u8` are bigints; `bool` are the bytes 0 and 1.
 */
export type NpyArray =
  | { readonly dtype: 'f4' | 'f2'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: 'f8'; readonly shape: readonly number[]; readonly data: Float64Array }
  | { readonly dtype: 'i1'; readonly shape: readonly number[]; readonly data: Int8Array }
  | { readonly dtype: 'i2'; readonly shape: readonly number[]; readonly data: Int16Array }
  | { readonly dtype: 'i4'; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly dtype: 'i8'; readonly shape: readonly number[]; readonly data: BigInt64Array }
  | { readonly dtype: 'u2'; readonly shape: readonly number[]; readonly data: Uint16Array }
  | { readonly dtype: 'u4'; readonly shape: readonly number[]; readonly data: Uint32Array }
  | { readonly dtype: 'u8'; readonly shape: readonly number[]; readonly data: BigUint64Array }
  | { readonly dtype: 'u1' | 'bool'; readonly shape: readonly number[]; readonly data: Uint8Array };

type Dtype = NpyArray['dtype'];

const kinds: Readonly<Record<Dtype, ElementKind>> = {
  f2: float16,
  f4: float32,
  f8: float64,
  i1: int8,
  i2: int16,
  i4: int32,
  i8: int64,
  u1: uint8,
  u2: uint16,
  u4: uint32,
  u8: uint64,
  bool: uint8,
};

/** NumPy's name for the type in a file: a mark of the order of bytes, or | where there is none, then the type. */
function descriptionOf(dtype: Dtype, order: '<' | '>' = '<'): string {
  return `${kinds[dtype].bytes === 1 ? '|' : order}${dtype === 'bool' ? 'b1' : dtype}`;
}

/**
 * Reads a NumPy .npy file: versions 1 to 3, little- or big-endian, in C or Fortran order (turned to C order).
 *
 * @param bytes - the whole file.
 * @param file - its name in error messages.
 * @returns the array, in newly allocated memory.
 * @throws FormatError when the file is of another kind, cut short, too long, or of a type that is not supported.
 *
 * @example
 * ```ts
 * import { readNpy, writeNpy } from '@aimle/datasets';
 *
 * const bytes = writeNpy({ dtype: 'i4', shape: [1, 3], data: Int32Array.of(4, 5, 6) });
 * readNpy(bytes).data; // => [4, 5, 6]
 * ```
 */
export function readNpy(bytes: Uint8Array, file = 'npy data'): NpyArray {
  const { description, fortranOrder, shape, start } = parseNpyHeader(bytes, file);
  const types = Object.keys(kinds) as Dtype[];
  const bigEndian = description.startsWith('>');
  const dtype = types.find((each) => descriptionOf(each, bigEndian ? '>' : '<') === description);
  if (dtype === undefined) {
    throw new FormatError(
      `${file}: elements must be of type ${types.join(', ')}, got ${description.slice(0, 20)}; convert with astype()`,
    );
  }
  const body = bytes.subarray(start);
  const expected = elementsIn(shape) * kinds[dtype].bytes;
  if (body.length !== expected) {
    const trouble = body.length < expected ? 'it is cut short' : 'it has trailing bytes';
    throw new FormatError(
      `${file}: shape [${shape.join(', ')}] of ${description} needs ${expected} bytes, got ${body.length}: ${trouble}`,
    );
  }
  const data = kinds[dtype].read(bigEndian ? turned(body, kinds[dtype].bytes) : body);
  return { dtype, shape, data: fortranOrder ? toRowsFirst(data, shape) : data } as NpyArray;
}

/**
 * Writes a NumPy .npy file: version 1, little-endian, C order.
 *
 * @param array - element type (all but `f2`, which is only read), shape and elements.
 * @returns the bytes of the file.
 * @throws RangeError when the shape does not fit the data, TypeError when the data does not fit the element type.
 *
 * @example
 * ```ts
 * import { writeNpy } from '@aimle/datasets';
 *
 * const bytes = writeNpy({ dtype: 'f8', shape: [], data: Float64Array.of(0.5) });
 * bytes.length // => 136
 * ```
 */
export function writeNpy({ dtype, shape, data }: NpyArray): Uint8Array {
  const array = kinds[dtype]?.array;
  if (array === undefined)
    throw new RangeError(`writeNpy: dtype must be one that can be written, all but f2, got ${dtype}`);
  if (!(data instanceof array)) {
    throw new TypeError(`writeNpy: data of ${dtype} must be a ${array.name}, got ${data?.constructor.name}`);
  }
  checkShape('writeNpy', shape, data.length);
  const header = npyHeader(descriptionOf(dtype), shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(bytesOf(data), header.length);
  return bytes;
}

/** Turns the order of bytes in each element. */
function turned(bytes: Uint8Array, width: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) result[i] = bytes[i + width - 1 - 2 * (i % width)]!;
  return result;
}

/** Converts Fortran order, in which the first index varies fastest, to C order. */
function toRowsFirst<Data extends Elements>(data: Data, shape: readonly number[]): Data {
  const strides: number[] = [];
  shape.reduce((stride, side) => {
    strides.push(stride);
    return stride * side;
  }, 1);
  const result = data.slice() as Data;
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    result[to] = data[from]!;
    for (let side = shape.length - 1; side >= 0; side--) {
      from += strides[side]!;
      if (++index[side]! < shape[side]!) break;
      from -= strides[side]! * shape[side]!;
      index[side] = 0;
    }
  }
  return result;
}
