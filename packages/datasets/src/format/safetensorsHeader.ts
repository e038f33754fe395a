import { elementsIn, isCount, isShape } from './elements.js';
import { FormatError } from './formatError.js';
import { jsonKeys } from './jsonKeys.js';

/** The header's entry for one tensor; offsets count from the end of the header. */
export interface TensorEntry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

export interface SafetensorsHeader {
  readonly entries: Map<string, TensorEntry>;
  readonly metadata: Record<string, string>;
  /** Where the data begins. */
  readonly start: number;
}

/** The limit of the reference implementation, against malicious headers that exhaust the memory. */
export const MAX_HEADER_BYTES = 100_000_000;

/** Parses the header of a safetensors file: its length in 8 bytes, then a JSON object. */
export function parseSafetensorsHeader(bytes: Uint8Array, file: string): SafetensorsHeader {
  if (bytes.length < 8) {
    throw new FormatError(
      `${file}: a safetensors file has at least 8 bytes, got ${bytes.length}; is it cut short?`,
    );
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(Math.min(bytes.length - 8, MAX_HEADER_BYTES))) {
    throw new FormatError(
      `${file}: the header claims ${length} bytes, got ${bytes.length - 8}; is it cut short, or another kind of file?`,
    );
  }
  const start = 8 + Number(length);
  const { header, names } = parseObject(bytes.subarray(8, start), file);
  const { __metadata__: metadata = {} } = header;
  if (!isObject(metadata) || Object.values(metadata).some((value) => typeof value !== 'string')) {
    throw new FormatError(`${file}: __metadata__ must map strings to strings`);
  }
  const entries = new Map<string, TensorEntry>();
  for (const name of names) {
    if (name === '__metadata__') continue;
    const entry = header[name];
    if (!isTensorEntry(entry)) {
      throw new FormatError(
        `${file}: tensor ${name} must have dtype, shape and data_offsets, got ${briefly(entry)}`,
      );
    }
    entries.set(name, entry);
  }
  return { entries, metadata: metadata as Record<string, string>, start };
}

/** Checks that tensors fill the data from end to end: no gap, no overlap, no trailing bytes. */
export function checkLayout(
  entries: ReadonlyMap<string, TensorEntry>,
  bytesPerElement: (dtype: string) => number,
  available: number,
  file: string,
): void {
  const inOrder = [...entries].sort(
    ([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1],
  );
  let end = 0;
  for (const [name, { dtype, shape, data_offsets: offsets }] of inOrder) {
    if (offsets[0] !== end) {
      const trouble = offsets[0] < end ? 'overlaps the tensor before it' : 'leaves a gap before it';
      throw new FormatError(
        `${file}: tensor ${name} begins at ${offsets[0]}, expected ${end}: it ${trouble}`,
      );
    }
    const needed = elementsIn(shape) * bytesPerElement(dtype);
    if (offsets[1] - offsets[0] !== needed) {
      throw new FormatError(
        `${file}: tensor ${name}, ${dtype} [${shape.join(', ')}], needs ${needed} bytes, got offsets ${offsets.join(' to ')}`,
      );
    }
    end = offsets[1];
  }
  if (end !== available) {
    const trouble = available < end ? 'it is cut short' : 'it has trailing bytes';
    throw new FormatError(`${file}: the tensors need ${end} bytes of data, got ${available}: ${trouble}`);
  }
}

/** Parses the header; its names are in the order of the text, because JavaScript puts whole numbers first. */
function parseObject(
  bytes: Uint8Array,
  file: string,
): { readonly header: Record<string, unknown>; readonly names: readonly string[] } {
  let parsed: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    parsed = JSON.parse(text);
  } catch (error) {
    throw new FormatError(`${file}: the header is not JSON: ${(error as Error).message}`, { cause: error });
  }
  if (!isObject(parsed) || bytes[0] !== 0x7b) {
    throw new FormatError(`${file}: the header must be a JSON object and begin with {`);
  }
  const { outermost, twice } = jsonKeys(text);
  if (twice !== null) throw new FormatError(`${file}: the header has ${JSON.stringify(twice)} twice`);
  return { header: parsed, names: outermost };
}

/** Describes a value of JSON in a few words, however long or deep it is. */
function briefly(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (isObject(value)) return `an object with ${Object.keys(value).join(', ').slice(0, 80) || 'nothing'}`;
  return JSON.stringify(value).slice(0, 80);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTensorEntry(entry: unknown): entry is TensorEntry {
  if (!isObject(entry) || Object.keys(entry).length !== 3) return false;
  const { dtype, shape, data_offsets: offsets } = entry;
  return (
    typeof dtype === 'string' &&
    Array.isArray(shape) &&
    isShape(shape) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(isCount)
  );
}
