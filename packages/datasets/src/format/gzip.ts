import { Gunzip } from 'fflate';
import { FormatError } from './formatError.js';
import { beyondLimit, unpackedLimit } from './unpackedLimit.js';

const MIN_GZIP_BYTES = 18;
/** At each end of a member, fflate calls itself and copies the rest of the chunk. */
const CHUNK_BYTES = 1 << 14;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks the members of a gzip file, and checks the lengths and CRC-32s in their trailers, which fflate does not. Stops at
 * the limit of unpacked files, and at more bytes than `declared` finds in the beginning of the contents.
 */
export function gunzip(
  bytes: Uint8Array,
  file: string,
  declared: (beginning: Uint8Array) => number = () => Number.POSITIVE_INFINITY,
): Uint8Array {
  const damaged = (reason: string, cause?: unknown): FormatError =>
    new FormatError(`${file}: gzip data is cut short or corrupt: ${reason}; get the file again`, { cause });
  if (bytes.length < MIN_GZIP_BYTES) throw damaged(`${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Uint8Array[] = [];
  let crc = 0;
  let length = 0;
  let total = 0;
  let unpackedSoFar = 0;
  let most = unpackedLimit(bytes.length);
  const endMember = (end: number): void => {
    if (length % 2 ** 32 !== view.getUint32(end - 4, true) || crc !== view.getUint32(end - 8, true)) {
      throw damaged('its contents do not match their CRC-32');
    }
    total += length;
    length = 0;
    crc = 0;
  };
  const stream = new Gunzip((chunk) => {
    if (chunk.length > 0 && unpackedSoFar === 0) {
      const size = declared(chunk);
      if (size > most && size < Infinity)
        throw new FormatError(beyondLimit(file, bytes.length, 'unpack it first'));
      most = Math.min(most, size);
    }
    unpackedSoFar += chunk.length;
    if (unpackedSoFar > most) throw new FormatError(tooLong(file, bytes.length, most));
    chunks.push(chunk);
    crc = crc32(chunk, crc);
    length += chunk.length;
  });
  stream.onmember = endMember;
  try {
    for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
      const to = from + CHUNK_BYTES;
      stream.push(bytes.subarray(from, to), to >= bytes.length);
    }
  } catch (error) {
    throw error instanceof FormatError ? error : damaged((error as Error).message, error);
  }
  endMember(bytes.length);
  const unpacked = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    unpacked.set(chunk, at);
    at += chunk.length;
  }
  return unpacked;
}

function tooLong(file: string, packed: number, most: number): string {
  if (most === unpackedLimit(packed)) return beyondLimit(file, packed, 'unpack it first');
  return `${file}: must unpack to ${most} bytes, as its header says, got more: it has trailing bytes`;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  return remainder;
});

/** Computes the CRC-32 of bytes that follow others, of which the CRC-32 is given. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let remainder = ~before;
  for (let i = 0; i < bytes.length; i++) {
    remainder = (remainder >>> 8) ^ table[(remainder ^ bytes[i]!) & 0xff]!;
  }
  return ~remainder >>> 0;
}
