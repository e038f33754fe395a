import { isShape } from './elements.js';
import { FormatError } from './formatError.js';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const;
/** The elements begin at a multiple of this, so that they can be memory-mapped. */
const ALIGNMENT = 64;
/** A header of 64 sides has 1,400 bytes; NumPy itself warns beyond 10,000. */
const MAX_HEADER_BYTES = 2 ** 20;
/** As in NumPy. */
const MAX_SIDES = 64;

interface NpyHeader {
  readonly description: string;
  readonly fortranOrder: boolean;
  readonly shape: number[];
  /** Where the elements begin. */
  readonly start: number;
}

/** Parses the header of a .npy file: magic, version, length, and a Python dictionary with exactly three entries. */
export function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) {
    throw new FormatError(
      `${file}: a npy file begins with \\x93NUMPY; is it another kind of file, or cut short?`,
    );
  }
  if (bytes.length < 12) throw new FormatError(`${file}: the npy header is cut short`);
  const version = bytes[6];
  if (version !== 1 && version !== 2 && version !== 3) {
    throw new FormatError(`${file}: only versions 1 to 3 of the npy format can be read, got ${version}`);
  }
  const before = version === 1 ? 10 : 12;
  const view = new DataView(bytes.buffer, bytes.byteOffset, before);
  const start = before + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < start) {
    throw new FormatError(
      `${file}: the npy header claims to end at byte ${start}, got ${bytes.length} bytes`,
    );
  }
  if (start > MAX_HEADER_BYTES) {
    throw new FormatError(
      `${file}: the npy header must have at most ${MAX_HEADER_BYTES} bytes, got ${start}`,
    );
  }
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(before, start));
  return { ...parseDictionary(text, file), start };
}

export function npyHeader(description: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${description}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const length = Math.ceil((10 + text.length + 1) / ALIGNMENT) * ALIGNMENT - 10;
  if (length > 0xffff)
    throw new RangeError(`writeNpy: shape must fit into the header, got ${shape.length} sides`);
  const bytes = new Uint8Array(10 + length);
  bytes.set([...MAGIC, 1, 0, length & 0xff, length >> 8]);
  bytes.set(new TextEncoder().encode(`${text.padEnd(length - 1)}\n`), 10);
  return bytes;
}

/** Parses in linear time, so no two neighbours in a pattern may match the same letters. */
function parseDictionary(text: string, file: string): Omit<NpyHeader, 'start'> {
  const all = text.trim();
  const corrupt = new FormatError(
    `${file}: the npy header must be a dictionary of descr, fortran_order and shape, got ${briefly(all)}`,
  );
  if (!all.startsWith('{') || !all.endsWith('}')) throw corrupt;
  const inner = all.slice(1, -1).trim();
  if (/'descr'\s*:\s*\[/.test(inner)) {
    throw new FormatError(`${file}: structured arrays cannot be read; save each field as a separate array`);
  }
  const entries = new Map<string, string>();
  const entry = /\s*'(descr|fortran_order|shape)'\s*:\s*('[^']*'|True|False|\([^()]*\))\s*(?:,|$)/y;
  while (entry.lastIndex < inner.length) {
    const match = entry.exec(inner);
    if (match === null || entries.has(match[1]!)) throw corrupt;
    entries.set(match[1]!, match[2]!);
  }
  const description = /^'(.*)'$/.exec(entries.get('descr') ?? '')?.[1];
  const order = entries.get('fortran_order');
  const tuple = entries.get('shape') ?? '';
  if (description === undefined || !tuple.startsWith('(')) throw corrupt;
  if (order !== 'True' && order !== 'False') throw corrupt;
  const sides = tuple.slice(1, -1).split(',');
  if (sides.at(-1)!.trim() === '') sides.pop();
  if (sides.some((side) => !/^\s*\d+L?\s*$/.test(side))) throw corrupt;
  const shape = sides.map((side) => Number.parseInt(side, 10));
  if (!isShape(shape) || shape.length > MAX_SIDES) {
    throw new FormatError(`${file}: shape ${briefly(tuple)} is too large`);
  }
  return { description, fortranOrder: order === 'True', shape };
}

function briefly(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 100)}...`;
}
