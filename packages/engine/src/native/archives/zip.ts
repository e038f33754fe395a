import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { inside } from './inside.js';

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * Unpacks those files of a zip archive for which `place` answers a path. Each file passes through memory in
 * pieces; its length is checked, the archive as a whole is expected to be verified by checksum before.
 *
 * Source: PKWARE, .ZIP File Format Specification 6.3.10, without Zip64, encryption and multiple volumes.
 */
export async function unzip(
  archive: string,
  place: (name: string) => string | undefined,
  onProgress: (fraction: number) => void = () => {},
): Promise<number> {
  const file = await open(archive);
  try {
    const wanted = (await readDirectory(file)).flatMap((entry) => {
      const path = entry.name.endsWith('/') ? undefined : place(inside(entry.name));
      return path === undefined ? [] : [{ entry, path }];
    });
    const total = wanted.reduce((sum, { entry }) => sum + entry.size, 0);
    let done = 0;
    for (const { entry, path } of wanted) {
      const before = done;
      await unpackEntry(archive, file, entry, path, (bytes) => {
        done += bytes;
        onProgress(done / total);
      });
      if (done - before !== entry.size)
        throw new Error(`zip: ${entry.name} unpacks to ${done - before} bytes instead of ${entry.size}`);
    }
    return wanted.length;
  } finally {
    await file.close();
  }
}

async function unpackEntry(
  archive: string,
  file: FileHandle,
  entry: Entry,
  path: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  if (entry.method !== 0 && entry.method !== 8)
    throw new Error(`zip: ${entry.name} is packed by method ${entry.method}; only 0 and 8 are known`);
  const header = await readAt(file, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  await mkdir(dirname(path), { recursive: true });
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  if (entry.packed === 0) return pipeline([], count, createWriteStream(path));
  const packed = createReadStream(archive, {
    start,
    end: start + entry.packed - 1,
    highWaterMark: 1 << 20,
  });
  const out = createWriteStream(path);
  if (entry.method === 0) await pipeline(packed, count, out);
  else await pipeline(packed, createInflateRaw({ chunkSize: 1 << 20 }), count, out);
}

async function readDirectory(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat();
  const tailStart = Math.max(0, size - 65_557); // the end record and the longest comment
  const tail = await readAt(file, tailStart, size - tailStart);
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0)
    throw new Error('zip: the archive has no directory; the download is incomplete or not a zip file');
  const count = tail.readUInt16LE(end + 10);
  const directory = await readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries: Entry[] = [];
  for (let at = 0; entries.length < count; ) {
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error('zip: the archive ends too early');
  return buffer;
}
