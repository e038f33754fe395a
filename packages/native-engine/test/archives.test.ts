import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { untar, unzip } from '../src/system/archives.js';
import { makeTar, makeZip, withChecksum } from './fakeMachine.js';

const files = { 'a/one.txt': 'one', 'a/two.txt': 'two '.repeat(5000), empty: '', 'b/three': '3' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aimle-archive-'));
});
// A refused archive may still be writing a file.
afterEach(() => rm(folder, { recursive: true, maxRetries: 5, retryDelay: 50 }));

async function archive(bytes: Buffer): Promise<string> {
  const path = join(folder, 'archive');
  await writeFile(path, bytes);
  return path;
}

const out = () => join(folder, 'out');
const content = (name: string) => readFile(join(out(), name), 'utf8');
const asNamed = (name: string) => name;

describe.each([
  { kind: 'tar', unpack: untar, make: makeTar },
  { kind: 'zip', unpack: unzip, make: makeZip },
])('a $kind archive', ({ unpack, make }) => {
  test('is unpacked byte for byte', async () => {
    expect(await unpack(await archive(make(files)), out(), asNamed)).toBe(4);
    for (const [name, text] of Object.entries(files)) expect(await content(name)).toBe(text);
  });

  test('gives only the files that have a place, under the name of that place', async () => {
    const place = (name: string) => (name === 'b/three' ? 'c/four' : undefined);
    expect(await unpack(await archive(make(files)), out(), place)).toBe(1);
    expect(await readdir(out(), { recursive: true })).toEqual(['c', 'c/four']);
    expect(await content('c/four')).toBe('3');
  });

  test.each(['../evil', 'a/../../evil', '/evil'])('with a file named %s is refused', async (name) => {
    await expect(unpack(await archive(make({ [name]: 'x' })), out(), asNamed)).rejects.toThrow(/path/);
    expect(await readdir(folder, { recursive: true })).not.toContain('evil');
  });

  test('that is cut off is refused', async () => {
    const whole = make(files);
    const path = await archive(whole.subarray(0, whole.length / 2));
    await expect(unpack(path, out(), asNamed)).rejects.toThrow();
  });

  test('that is no archive is refused', async () => {
    const page = await archive(Buffer.from('<html>not found</html>'));
    await expect(unpack(page, out(), asNamed)).rejects.toThrow();
  });
});

test('a tar archive whose content ends early is refused', async () => {
  const whole = gunzipSync(makeTar(files));
  const path = await archive(gzipSync(whole.subarray(0, 2000)));
  await expect(untar(path, out(), asNamed)).rejects.toThrow(/[Tt]runcated/);
});

test('a tar archive with a damaged header is refused', async () => {
  const tar = gunzipSync(makeTar(files));
  tar.write('changed', 0);
  await expect(untar(await archive(gzipSync(tar)), out(), asNamed)).rejects.toThrow(/checksum/);
});

test('a link of a tar archive is left out', async () => {
  const tar = gunzipSync(makeTar({ link: '', file: 'content' }));
  tar.write('2', 156);
  tar.write('/etc/hostname', 157);
  withChecksum(tar.subarray(0, 512));
  expect(await untar(await archive(gzipSync(tar)), out(), asNamed)).toBe(1);
  expect(await readdir(out())).toEqual(['file']);
});

test('a long name of a tar archive, in a separate entry, is read', async () => {
  const name = `${'deep/'.repeat(30)}file`;
  const record = `path=${name}\n`;
  const length = record.length + 4;
  const tar = gunzipSync(makeTar({ header: `${length} ${record}`, short: 'content' }));
  tar.write('x', 156);
  withChecksum(tar.subarray(0, 512));
  await untar(await archive(gzipSync(tar)), out(), asNamed);
  expect(await content(name)).toBe('content');
});

test('a zip archive reports progress up to 1', async () => {
  const fractions: number[] = [];
  await unzip(await archive(makeZip(files)), out(), asNamed, (fraction) => fractions.push(fraction));
  expect(fractions.at(-1)).toBe(1);
  expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
});

test('a zip archive whose file is not as long as its directory says is refused', async () => {
  const bytes = makeZip({ 'a/one.txt': 'one' });
  bytes.writeUInt32LE(4, bytes.indexOf('PK\x01\x02', 0, 'latin1') + 24);
  await expect(unzip(await archive(bytes), out(), asNamed)).rejects.toThrow(/bytes/);
});
