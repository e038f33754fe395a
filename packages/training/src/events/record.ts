import { crc32c } from './crc32c.js';

/**
 * Frames bytes as a TFRecord: length (uint64), masked CRC of the length, the bytes, masked CRC of the bytes; all
 * little-endian. https://www.tensorflow.org/tutorials/load_data/tfrecord describes the format.
 */
export function record(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, masked(crc32c(bytes.subarray(0, 8))), true);
  bytes.set(data, 12);
  view.setUint32(12 + data.length, masked(crc32c(data)), true);
  return bytes;
}

function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
