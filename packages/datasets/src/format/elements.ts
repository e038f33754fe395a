/** Arrays for the elements of these formats. 64-bit integers are bigints, so that none is rounded. */
export type Elements =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** A type of element: its number of bytes in a file, and the array that holds it. */
export interface ElementKind<Data extends Elements = Elements> {
  readonly bytes: number;
  /** Copies the bytes, so that the result is aligned and does not share the file's buffer. */
  readonly read: (bytes: Uint8Array) => Data;
  /** The array type for writing; absent for types that can only be read. */
  readonly array?: new (
    buffer: ArrayBuffer,
  ) => Data;
}

// The formats are little-endian, and so is every machine that runs current JavaScript engines.
export const float32 = elementsOf(Float32Array);
export const float64 = elementsOf(Float64Array);
export const int8 = elementsOf(Int8Array);
export const int16 = elementsOf(Int16Array);
export const int32 = elementsOf(Int32Array);
export const int64 = elementsOf(BigInt64Array);
export const uint8 = elementsOf(Uint8Array);
export const uint16 = elementsOf(Uint16Array);
export const uint32 = elementsOf(Uint32Array);
export const uint64 = elementsOf(BigUint64Array);
export const float16: ElementKind<Float32Array> = {
  bytes: 2,
  read: (bytes) => Float32Array.from(new Uint16Array(copy(bytes)), fromFloat16),
};
export const bfloat16: ElementKind<Float32Array> = {
  bytes: 2,
  read: (bytes) => {
    const upperHalves = Uint32Array.from(new Uint16Array(copy(bytes)), (half) => half << 16);
    return new Float32Array(upperHalves.buffer);
  },
};

function elementsOf<Data extends Elements>(
  array: (new (buffer: ArrayBuffer) => Data) & { readonly BYTES_PER_ELEMENT: number },
): ElementKind<Data> {
  return { bytes: array.BYTES_PER_ELEMENT, read: (bytes) => new array(copy(bytes)), array };
}

export function bytesOf(data: Elements): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function copy(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function fromFloat16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Computes the number of elements of a shape; 1 for a scalar, whose shape is empty. */
export function elementsIn(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isShape(shape: readonly unknown[]): shape is number[] {
  return shape.every(isCount) && Number.isSafeInteger(elementsIn(shape));
}

export function checkShape(what: string, shape: readonly number[], length: number): void {
  if (!isShape(shape)) {
    throw new RangeError(`${what}: shape must hold integers of at least 0, got [${shape.join(', ')}]`);
  }
  if (elementsIn(shape) !== length) {
    throw new RangeError(
      `${what}: data must have the ${elementsIn(shape)} elements of shape [${shape.join(', ')}], got ${length}`,
    );
  }
}
