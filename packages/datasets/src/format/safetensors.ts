import {
  bfloat16,
  bytesOf,
  checkShape,
  type ElementKind,
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
import {
  checkLayout,
  MAX_HEADER_BYTES,
  parseSafetensorsHeader,
  type TensorEntry,
} from './safetensorsHeader.js';

/**
 * One tensor of a safetensors file. `F16` and `BF16` are widened to float32; `I64` and `U64` are bigints; `BOOL` are the bytes
 * 0 and 1.
 */
export type SafetensorsTensor =
  | { readonly dtype: 'F32' | 'F16' | 'BF16'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: 'F64'; readonly shape: readonly number[]; readonly data: Float64Array }
  | { readonly dtype: 'I8'; readonly shape: readonly number[]; readonly data: Int8Array }
  | { readonly dtype: 'I16'; readonly shape: readonly number[]; readonly data: Int16Array }
  | { readonly dtype: 'I32'; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly dtype: 'I64'; readonly shape: readonly number[]; readonly data: BigInt64Array }
  | { readonly dtype: 'U16'; readonly shape: readonly number[]; readonly data: Uint16Array }
  | { readonly dtype: 'U32'; readonly shape: readonly number[]; readonly data: Uint32Array }
  | { readonly dtype: 'U64'; readonly shape: readonly number[]; readonly data: BigUint64Array }
  | { readonly dtype: 'U8' | 'BOOL'; readonly shape: readonly number[]; readonly data: Uint8Array };

/** The contents of a safetensors file. */
export interface SafetensorsFile {
  /** Tensors by name, in the order of the header. */
  readonly tensors: Map<string, SafetensorsTensor>;
  /** The strings under `__metadata__`; empty when there are none. */
  readonly metadata: Record<string, string>;
}

type Dtype = SafetensorsTensor['dtype'];

const kinds: Readonly<Record<Dtype, ElementKind>> = {
  F64: float64,
  F32: float32,
  F16: float16,
  BF16: bfloat16,
  I64: int64,
  I32: int32,
  I16: int16,
  I8: int8,
  U64: uint64,
  U32: uint32,
  U16: uint16,
  U8: uint8,
  BOOL: uint8,
};

/**
 * Reads a safetensors file, strictly: the header must be well formed, without duplicate names, and the tensors must
 * fill the data exactly, without gap or overlap. So a file that was truncated, or whose header was changed, is
 * detected. Format: github.com/huggingface/safetensors.
 *
 * @param bytes - the whole file.
 * @param file - its name in error messages.
 * @returns the tensors, in newly allocated memory, and the metadata.
 * @throws FormatError when any of this is violated, or a tensor has an unsupported type.
 *
 * @example
 * ```ts
 * import { readSafetensors, writeSafetensors } from '@aimle/datasets';
 *
 * const weight = { dtype: 'F32', shape: [1, 2], data: Float32Array.of(0.5, -1) } as const;
 * const { tensors } = readSafetensors(writeSafetensors(new Map([['weight', weight]])));
 * tensors.get('weight')?.shape // => [1, 2]
 * ```
 */
export function readSafetensors(bytes: Uint8Array, file = 'safetensors data'): SafetensorsFile {
  const { entries, metadata, start } = parseSafetensorsHeader(bytes, file);
  for (const [name, { dtype }] of entries) {
    if (!isDtype(dtype)) {
      const readable = Object.keys(kinds).join(', ');
      throw new FormatError(`${file}: tensor ${name} must have one of the types ${readable}, got ${dtype}`);
    }
  }
  const body = bytes.subarray(start);
  checkLayout(entries, (dtype) => kinds[dtype as Dtype].bytes, body.length, file);
  const tensors = new Map<string, SafetensorsTensor>();
  for (const [name, { dtype, shape, data_offsets: offsets }] of entries) {
    const data = kinds[dtype as Dtype].read(body.subarray(...offsets));
    tensors.set(name, { dtype, shape, data } as SafetensorsTensor);
  }
  return { tensors, metadata };
}

/**
 * Writes a safetensors file. Names keep their order; wider elements come first in the data, so that every tensor is aligned; the same tensors
 * give the same bytes.
 *
 * @param tensors - tensors by name (all types but `F16` and `BF16`, which are only read).
 * @param metadata - strings to keep under `__metadata__`.
 * @returns the bytes of the file.
 * @throws RangeError when a shape does not fit its data, a name is `__metadata__`, or names and metadata need more than
 * 100 MB, which no reader takes; TypeError when data does not fit its type.
 *
 * @example
 * ```ts
 * import { writeSafetensors } from '@aimle/datasets';
 *
 * const step = { dtype: 'I32', shape: [], data: Int32Array.of(7) } as const;
 * writeSafetensors(new Map([['step', step]])).length // => 68
 * ```
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, SafetensorsTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  for (const [name, tensor] of tensors) checkTensor(name, tensor);
  const inOrder = [...tensors].sort(([, a], [, b]) => kinds[b.dtype].bytes - kinds[a.dtype].bytes);
  const begins = new Map<string, number>();
  let end = 0;
  for (const [name, { data }] of inOrder) {
    begins.set(name, end);
    end += data.byteLength;
  }
  // Written entry by entry, because JavaScript would put names that are whole numbers first.
  const entries = Array.from(tensors, ([name, { dtype, shape, data }]) => {
    const begin = begins.get(name)!;
    const entry: TensorEntry = { dtype, shape: [...shape], data_offsets: [begin, begin + data.byteLength] };
    return `${JSON.stringify(name)}:${JSON.stringify(entry)}`;
  });
  if (Object.keys(metadata).length > 0) entries.unshift(`"__metadata__":${JSON.stringify(metadata)}`);
  const json = new TextEncoder().encode(`{${entries.join(',')}}`);
  const start = 8 + Math.ceil(json.length / 8) * 8;
  if (start - 8 > MAX_HEADER_BYTES) {
    throw new RangeError(
      `writeSafetensors: the header must have at most ${MAX_HEADER_BYTES} bytes to be readable, got ${start - 8}; ` +
        'shorten the metadata',
    );
  }
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  let at = start;
  for (const [, { data }] of inOrder) {
    bytes.set(bytesOf(data), at);
    at += data.byteLength;
  }
  return bytes;
}

function checkTensor(name: string, { dtype, shape, data }: SafetensorsTensor): void {
  if (name === '__metadata__') throw new RangeError('writeSafetensors: no tensor may be called __metadata__');
  const array = isDtype(dtype) ? kinds[dtype].array : undefined;
  if (array === undefined) {
    const writable = (Object.keys(kinds) as Dtype[]).filter((each) => kinds[each].array !== undefined);
    throw new RangeError(`writeSafetensors: ${name} must be one of ${writable.join(', ')}, got ${dtype}`);
  }
  if (!(data instanceof array)) {
    throw new TypeError(
      `writeSafetensors: ${name} of ${dtype} must be a ${array.name}, got ${(data as object).constructor.name}`,
    );
  }
  checkShape(`writeSafetensors: ${name}`, shape, data.length);
}

function isDtype(dtype: string): dtype is Dtype {
  return Object.hasOwn(kinds, dtype);
}
