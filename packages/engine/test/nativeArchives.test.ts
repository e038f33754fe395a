import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { untar } from '../src/native/archives/tar.js';
import { unzip } from '../src/native/archives/zip.js';
import { makeTar, makeZip } from './nativeFakes.js';

const files = { 'a/one.txt': 'one', 'a/two.txt': 'two '.repeat(5000), empty: '', 'b/three': '3' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aimle-archive-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function archive(bytes: Buffer): Promise<string> {
  const path = join(folder, 'archive');
  await writeFile(path, bytes);
  return path;
}

const place = (name: string) => join(folder, 'out', name);

describe.each([
  { kind: 'tar', unpack: untar, make: makeTar },
  { kind: 'zip', unpack: unzip, make: makeZip },
])('a $kind archive', ({ unpack, make }) => {
  test('is unpacked byte for byte', async () => {
    expect(await unpack(await archive(make(files)), place)).toBe(4);
    for (const [name, text] of Object.entries(files)) expect(await readFile(place(name), 'utf8')).toBe(text);
  });

  test('gives only the files that have a place', async () => {
    const wanted = await unpack(await archive(make(files)), (name) =>
      name === 'b/three' ? place(name) : undefined,
    );
    expect(wanted).toBe(1);
    expect(await readdir(join(folder, 'out'), { recursive: true })).toEqual(['b', 'b/three']);
  });

  test.each(['../evil', 'a/../../evil', '/evil'])('with a file named %s is refused', async (name) => {
    await expect(unpack(await archive(make({ [name]: 'x' })), place)).rejects.toThrow(
      'the archive holds a file outside of its own folder',
    );
  });

  test('that is cut off is refused', async () => {
    const whole = make(files);
    const path = await archive(whole.subarray(0, whole.length / 2));
    await expect(unpack(path, place)).rejects.toThrow();
  });

  test('that is no archive is refused', async () => {
    await expect(unpack(await archive(Buffer.from('<html>not found</html>')), place)).rejects.toThrow();
  });
});

test('a tar archive whose content ends early is refused by name', async () => {
  const whole = gunzipSync(makeTar(files));
  await expect(untar(await archive(gzipSync(whole.subarray(0, 2000))), place)).rejects.toThrow(
    'tar: the archive ends too early; the download is incomplete',
  );
});

test('a long name of a tar archive, told by an entry of its own, is read', async () => {
  const name = `${'deep/'.repeat(30)}file`;
  const record = `path=${name}\n`;
  const length = record.length + 4;
  const tar = gunzipSync(makeTar({ header: `${length} ${record}`, short: 'content' }));
  tar.write('x', 156);
  await untar(await archive(gzipSync(tar)), place);
  expect(await readFile(place(name), 'utf8')).toBe('content');
});

test('a zip archive reports progress up to 1', async () => {
  const fractions: number[] = [];
  await unzip(await archive(makeZip(files)), place, (fraction) => fractions.push(fraction));
  expect(fractions.at(-1)).toBe(1);
  expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
});

test('a zip archive whose file is not as long as its directory says is refused by name', async () => {
  const bytes = makeZip({ 'a/one.txt': 'one' });
  bytes.writeUInt32LE(4, bytes.indexOf('PK\x01\x02', 0, 'latin1') + 24);
  await expect(unzip(await archive(bytes), place)).rejects.toThrow(
    'zip: a/one.txt unpacks to 3 bytes instead of 4',
  );
});
