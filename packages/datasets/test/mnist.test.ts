import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mnistOf } from '../src/catalogue/mnist.js';
import { labelledImages, required } from '../src/image/loadMnist.js';
import { catalogue, FormatError, loadMnist, writeIdx } from '../src/index.js';
import { mirror, serving } from './mirror.js';

/** A small MNIST of our own: five images, each of one grey. */
const grey = Uint8Array.from({ length: 5 * 784 }, (_, i) => 10 * Math.floor(i / 784));
const images = writeIdx({ shape: [5, 28, 28], data: grey });
const labels = writeIdx({ shape: [5], data: Uint8Array.of(3, 1, 4, 1, 5) });

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aimle-'));
  await mkdir(join(folder, 'mnist'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, bytes: Uint8Array): Promise<void> {
  await writeFile(join(folder, 'mnist', name), bytes);
}

describe('labelledImages', () => {
  function problemWith(images: Uint8Array, labels: Uint8Array): Error {
    try {
      labelledImages({ path: 'images', bytes: images }, { path: 'labels', bytes: labels });
    } catch (error) {
      return error as Error;
    }
    return new Error('no error');
  }

  it('reads a pair of files', () => {
    const set = labelledImages({ path: 'images', bytes: images }, { path: 'labels', bytes: labels });
    expect(set).toMatchObject({ width: 28, height: 28, count: 5 });
    expect(new Uint8Array(set.images)).toEqual(grey);
    expect(Array.from(set.labels)).toEqual([3, 1, 4, 1, 5]);
  });

  it('names the damaged file', () => {
    const cut = problemWith(images.subarray(0, 100), labels);
    expect(cut).toBeInstanceOf(FormatError);
    expect(cut.message).toBe('images: shape [5, 28, 28] needs 3920 bytes, got 84: it is cut short');
    expect(problemWith(images, images).message).toMatch(/^labels: labels must have shape \[5\]/);
    expect(problemWith(labels, labels).message).toBe(
      'images: images must have shape [count, 28, 28], got [5]',
    );
    const fewer = writeIdx({ shape: [4], data: new Uint8Array(4) });
    expect(problemWith(images, fewer).message).toMatch(
      /^labels: labels must have shape \[5\], as many as the images of images, got \[4\]$/,
    );
    const high = writeIdx({ shape: [5], data: Uint8Array.of(0, 1, 10, 3, 4) });
    expect(problemWith(images, high).message).toBe('labels: labels must be in [0, 9], got 10 at 2');
  });
});

describe('loadMnist', () => {
  it('refuses well-formed files that are not MNIST, such as those of a set with the same names', async () => {
    await put('train-images-idx3-ubyte', images);
    await put('train-labels-idx1-ubyte', labels);
    const problem = await loadMnist({ folder, split: 'train' }).catch((error: Error) => error);
    expect(problem).toBeInstanceOf(FormatError);
    expect((problem as Error).message).toBe(
      `${join(folder, 'mnist', 'train-images-idx3-ubyte')}: it is damaged, or of another data set: SHA-256 must be ` +
        `ba891046e650..., got ${digest(images).slice(0, 12)}... of 3936 bytes; move it away, and run \`aimle data get mnist\``,
    );
  });

  it('does not use the network unless allowed, and says what to do', async () => {
    const one = await mirror(serving({}));
    const problem = await loadMnist({ folder, split: 'train', mirrors: [one.url] }).catch(
      (error: Error) => error,
    );
    await one.close();
    expect(one.asked).toEqual([]);
    expect((problem as Error).message).toBe(
      `mnist: train-images-idx3-ubyte.gz is not in ${join(folder, 'mnist')}; run \`aimle data get mnist\`, ` +
        'allow the download, or set AIMLE_DATA to a folder that has it',
    );
  });

  it('downloads missing files if allowed, and refuses files that are not MNIST', async () => {
    const one = await mirror(serving({ 'train-images-idx3-ubyte.gz': gzipSync(images) }));
    const options = { folder, split: 'train', download: 'if-missing', mirrors: [one.url] } as const;
    await expect(loadMnist(options)).rejects.toThrow(/^train-images-idx3-ubyte\.gz could not be downloaded/);
    await one.close();
    expect(one.asked).toEqual(['/files/train-images-idx3-ubyte.gz']);
    expect(await readdir(join(folder, 'mnist'))).toEqual([]);
  });

  it('refuses an unknown split', async () => {
    await expect(loadMnist({ folder, split: 'validation' as 'test' })).rejects.toThrow(
      "loadMnist: split must be 'train' or 'test', got \"validation\"",
    );
  });
});

describe('a data set to download', () => {
  const packed = { 'a.gz': gzipSync(images), 'b.gz': gzipSync(labels) };
  const [a, b] = (['a.gz', 'b.gz'] as const).map((name) => ({
    name,
    bytes: packed[name].length,
    sha256: digest(packed[name]),
    unpacked: { name: name[0]!, sha256: digest(name === 'a.gz' ? images : labels) },
  }));
  const set = mnistOf([a!, b!]);

  it('is missing, then partial, then ready, and gets only what is missing or damaged', async () => {
    const one = await mirror(serving(packed));
    expect((await set.status(folder)).state).toBe('missing');
    await put('a', images);
    expect((await set.status(folder)).state).toBe('partial');
    await put('b.gz', Uint8Array.of(1));
    expect((await set.verify(folder)).ok).toBe(false);
    expect((await set.get(folder, { mirrors: [one.url] })).state).toBe('ready');
    await one.close();
    expect(one.asked).toEqual(['/files/b.gz']);
    expect(await set.verify(folder)).toEqual({
      ok: true,
      files: [
        { name: 'a.gz', path: join(folder, 'mnist', 'a'), problem: null },
        { name: 'b.gz', path: join(folder, 'mnist', 'b.gz'), problem: null },
      ],
    });
  });

  it('reports what is wrong with each file', async () => {
    await put('a', labels);
    const { ok, files } = await set.verify(folder);
    expect(ok).toBe(false);
    expect(files[0]!.problem).toBe(`SHA-256 must be ${digest(images)}, got ${digest(labels)} of 13 bytes`);
    expect(files[1]).toEqual({
      name: 'b.gz',
      path: null,
      problem: 'missing; `aimle data get mnist` gets it',
    });
    await mkdir(join(folder, 'mnist', 'b.gz'));
    expect((await set.verify(folder)).files[1]!.problem).toMatch(/^cannot be read: EISDIR/);
  });

  it('reads its files, gzipped or unpacked, after checking each SHA-256', async () => {
    await put('a.gz', packed['a.gz']);
    await put('b', labels);
    const read = (file: typeof a) => required(folder, file!, { download: 'never' });
    const [imageFile, labelFile] = [await read(a), await read(b)];
    expect([imageFile.fresh, labelFile.fresh]).toEqual([false, false]);
    expect(imageFile.path).toBe(join(folder, 'mnist', 'a.gz'));
    expect(labelFile.path).toBe(join(folder, 'mnist', 'b'));
    expect(Array.from(labelledImages(imageFile, labelFile).labels)).toEqual([3, 1, 4, 1, 5]);
    await put(
      'b',
      Uint8Array.from(labels, (byte, i) => (i === 9 ? byte ^ 1 : byte)),
    );
    await expect(read(b)).rejects.toThrow(/mnist.b: it is damaged/);
  });

  it('reports whether it was downloaded', async () => {
    const one = await mirror(serving(packed));
    const options = { download: 'if-missing', mirrors: [one.url] } as const;
    expect((await required(folder, a!, options)).fresh).toBe(true);
    expect((await required(folder, a!, options)).fresh).toBe(false);
    await one.close();
  });
});

describe('the catalogue', () => {
  it('has MNIST, with four files, and digits, without files', async () => {
    const states = await Promise.all(
      catalogue.map(async ({ name, status }) => [name, await status(folder)] as const),
    );
    expect(states.map(([name, { state, files }]) => [name, state, files.length])).toEqual([
      ['mnist', 'missing', 4],
      ['digits', 'generated', 0],
      ['beer-advocate', 'missing', 10],
      ['reviews-synthetic', 'generated', 0],
      ['terrain', 'generated', 0],
    ]);
  });
});
