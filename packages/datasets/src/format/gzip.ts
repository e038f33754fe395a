import { gunzipSync } from 'fflate';
import { FormatError } from './formatError.js';

const MAX_RATIO = 1032;
const MIN_GZIP_BYTES = 18;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Unpacks one gzip member, and checks the length and the CRC-32 in its trailer, which fflate does not. */
export function gunzip(bytes: Uint8Array, file: string): Uint8Array {
  const trailer = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damaged = `${file}: gzip data is cut short or corrupt`;
  if (bytes.length < MIN_GZIP_BYTES)
    throw new FormatError(`${damaged}: ${bytes.length} bytes; get the file again`);
  const crc = trailer.getUint32(bytes.length - 8, true);
  const length = trailer.getUint32(bytes.length - 4, true);
  // fflate allocates the length in the trailer, so a wrong length must be detected first.
  if (length > bytes.length * MAX_RATIO) {
    throw new FormatError(`${damaged}: it claims ${length} bytes out of ${bytes.length}; get the file again`);
  }
  let unpacked: Uint8Array;
  try {
    unpacked = gunzipSync(bytes);
  } catch (error) {
    throw new FormatError(`${damaged}: ${(error as Error).message}; get the file again`, { cause: error });
  }
  if (unpacked.length !== length || crc32(unpacked) !== crc) {
    throw new FormatError(`${damaged}: its contents do not match their CRC-32; get the file again`);
  }
  return unpacked;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  return remainder;
});

function crc32(bytes: Uint8Array): number {
  let remainder = ~0;
  for (let i = 0; i < bytes.length; i++) {
    remainder = (remainder >>> 8) ^ table[(remainder ^ bytes[i]!) & 0xff]!;
  }
  return ~remainder >>> 0;
}
