/** The sections of a module with the first content of its memory, and with their number. */
const DATA = 11;
const DATA_COUNT = 12;
const HEADER = 8;

/**
 * Returns a module without the data that it writes when it starts. A worker that starts must not write it again: the
 * memory is shared, and others work there by now.
 */
export function withoutData(module: Uint8Array): Uint8Array {
  const kept = [module.subarray(0, HEADER)];
  for (let at = HEADER; at < module.length; ) {
    const start = at;
    const section = module[at++];
    let length = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = module[at++]!;
      length |= (byte & 127) << shift;
      shift += 7;
    } while (byte >= 128);
    at += length;
    if (section !== DATA && section !== DATA_COUNT) kept.push(module.subarray(start, at));
  }
  const whole = new Uint8Array(kept.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of kept) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
