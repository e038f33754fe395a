import { FormatError } from '../format/formatError.js';
import { beyondLimit, unpackedLimit } from '../format/unpackedLimit.js';

/** Longer lines are those of another kind of file. */
const MAX_LINE_BYTES = 2 ** 24;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** A line of a text file; its text is null if its bytes are not UTF-8. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string | null;
}

/** Streams the bytes of a file, unpacked if it is gzip. */
async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  const { createReadStream } = await import('node:fs');
  const { open } = await import('node:fs/promises');
  const { createGunzip } = await import('node:zlib');
  const { pipeline } = await import('node:stream');
  const handle = await open(path);
  const head = new Uint8Array(2);
  const { size } = await handle.stat();
  await handle.read(head, 0, 2, 0).finally(() => handle.close());
  const file = createReadStream(path);
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* file;
    return;
  }
  try {
    let unpacked = 0;
    // The callback is only for the streams' clean-up; errors also reach the loop.
    for await (const chunk of pipeline(file, createGunzip(), () => {}) as AsyncIterable<Uint8Array>) {
      unpacked += chunk.length;
      if (unpacked > unpackedLimit(size)) throw new FormatError(beyondLimit(path, size, 'unpack it first'));
      yield chunk;
    }
  } catch (error) {
    if (error instanceof FormatError) throw error;
    const { message } = error as Error;
    throw new FormatError(`${path}: gzip data is cut short or corrupt: ${message}; get the file again`, {
      cause: error,
    });
  }
}

/**
 * Streams the lines of a text file, packed or not, without their line ends.
 *
 * @throws FormatError when a line has more than 16 MiB, or a packed file unpacks to more than its limit.
 */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let number = 0;
  const keep = (part: Uint8Array): void => {
    keptBytes += part.length;
    if (keptBytes > MAX_LINE_BYTES) {
      throw new FormatError(
        `${path}: line ${number + 1} must have at most ${MAX_LINE_BYTES} bytes, got more; is it another kind of file?`,
      );
    }
    kept.push(part);
  };
  const line = (end: Uint8Array): Line => {
    const bytes = kept.length === 0 ? end : Buffer.concat([...kept, end]);
    kept = [];
    keptBytes = 0;
    number++;
    const length = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
    try {
      return { number, text: decoder.decode(bytes.subarray(0, length)) };
    } catch {
      return { number, text: null };
    }
  };
  for await (const chunk of bytesOf(path)) {
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      yield line(chunk.subarray(from, to));
      from = to + 1;
    }
    if (from < chunk.length) keep(chunk.subarray(from));
  }
  if (kept.length > 0) yield line(new Uint8Array());
}
