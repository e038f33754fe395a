import { strFromU8 } from 'fflate';
import { FormatError } from './formatError.js';

const END = 0x06054b50;
const END_BYTES = 22;
const END64_LOCATOR = 0x07064b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const UTF8_NAME = 0x800;

/** Reads the CRC-32 of each entry from the directory at the end of a zip, which fflate does not check. */
export function zipChecksums(bytes: Uint8Array, file: string): Map<string, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END_BYTES;
  while (end > 0 && view.getUint32(end, true) !== END) end--;
  let count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (end >= 20 && view.getUint32(end - 20, true) === END64_LOCATOR) {
    const end64 = Number(view.getBigUint64(end - 12, true));
    count = Number(view.getBigUint64(end64 + 32, true));
    at = Number(view.getBigUint64(end64 + 48, true));
  }
  const checksums = new Map<string, number>();
  for (; count > 0; count--) {
    if (view.getUint32(at, true) !== ENTRY)
      throw new FormatError(`${file}: the directory of the zip is corrupt`);
    const from = at + ENTRY_BYTES;
    const nameEnd = from + view.getUint16(at + 28, true);
    const name = strFromU8(bytes.subarray(from, nameEnd), (view.getUint16(at + 8, true) & UTF8_NAME) === 0);
    if (checksums.has(name)) throw new FormatError(`${file}: the zip has ${name} twice`);
    checksums.set(name, view.getUint32(at + 16, true));
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return checksums;
}
