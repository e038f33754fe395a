import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createGunzip } from 'node:zlib';
import { inside } from './inside.js';

/**
 * Unpacks those files of a .tar.gz archive for which `place` answers a path, leaving links out; answers their
 * number.
 *
 * Source: POSIX.1-2001 pax interchange format, with GNU long names.
 */
export async function untar(archive: string, place: (name: string) => string | undefined): Promise<number> {
  const source = new Blocks(createReadStream(archive).pipe(createGunzip()));
  let longName: string | undefined;
  let unpacked = 0;
  for (;;) {
    const header = await source.take(512);
    if (header === undefined || header.every((byte) => byte === 0)) return unpacked;
    const size = Number.parseInt(text(header, 124, 12), 8);
    const type = String.fromCharCode(header[156] ?? 0);
    if (Number.isNaN(size)) throw new Error('tar: the archive is damaged: an entry has no size');
    if (type === 'L' || type === 'x') {
      const body = (await source.need(padded(size))).toString('utf8', 0, size);
      longName = type === 'L' ? body.replace(/\0.*$/s, '') : (/^\d+ path=(.*)$/m.exec(body)?.[1] ?? longName);
      continue;
    }
    const name = longName ?? [text(header, 345, 155), text(header, 0, 100)].filter(Boolean).join('/');
    longName = undefined;
    const path = type === '0' || type === '\0' ? place(inside(name.replace(/^\.\//, ''))) : undefined;
    if (path === undefined) await copy(source, size, undefined);
    else {
      await mkdir(dirname(path), { recursive: true });
      const file = await open(path, 'w');
      await copy(source, size, file).finally(() => file.close());
      unpacked++;
    }
    await source.need(padded(size) - size);
  }
}

async function copy(source: Blocks, size: number, file: FileHandle | undefined): Promise<void> {
  for (let left = size; left > 0; ) {
    const piece = await source.need(Math.min(left, 1 << 20));
    await file?.write(piece);
    left -= piece.length;
  }
}

/** A stream of bytes, taken in pieces of asked length. */
class Blocks {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** The next `length` bytes, or undefined where the stream ends before. */
  async take(length: number): Promise<Buffer | undefined> {
    const parts = [this.#rest];
    let have = this.#rest.length;
    while (have < length) {
      const next = await this.#chunks.next();
      if (next.done) return undefined;
      parts.push(next.value);
      have += next.value.length;
    }
    const all = parts.length === 1 ? this.#rest : Buffer.concat(parts, have);
    this.#rest = all.subarray(length);
    return all.subarray(0, length);
  }

  async need(length: number): Promise<Buffer> {
    const bytes = await this.take(length);
    if (bytes === undefined) throw new Error('tar: the archive ends too early; the download is incomplete');
    return bytes;
  }
}

function text(block: Buffer, start: number, length: number): string {
  return block
    .toString('utf8', start, start + length)
    .replace(/\0.*$/s, '')
    .trim();
}

function padded(size: number): number {
  return Math.ceil(size / 512) * 512;
}
