import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError, type NpyArray, writeIdx, writeNpy, writeNpz } from '@aimle/datasets';
import { memoryStore, RequestError, trainTask } from '@aimle/training';
import { encode } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import { discreteVae, openImageCoder, readImages } from '../src/index.js';

const [count, height, width] = [30, 5, 7];
const levels = Uint8Array.from({ length: count * height * width }, (_, i) => (i * 37) % 256);
const shape = [count, height, width];
const bytes: NpyArray = { dtype: 'u1', shape, data: levels };
const shares = Float32Array.from(levels, (level) => level / 255);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images-'));
});

async function written(name: string, content: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

const errorOf = (path: string) =>
  readImages(path).then(
    () => expect.unreachable('it was read'),
    (error: Error) => error,
  );

describe('images are read alike', () => {
  test.each<[string, () => Uint8Array]>([
    ['levels.npy', () => writeNpy(bytes)],
    ['channel-last.npy', () => writeNpy({ ...bytes, shape: [...shape, 1] })],
    ['channel-second.npy', () => writeNpy({ ...bytes, shape: [count, 1, height, width] })],
    ['shares.npy', () => writeNpy({ dtype: 'f4', shape, data: shares })],
    ['integers.npy', () => writeNpy({ dtype: 'i4', shape, data: Int32Array.from(levels) })],
    ['only.npz', () => writeNpz(new Map([['a', bytes]]))],
    [
      'named.npz',
      () =>
        writeNpz(
          new Map([
            ['masks', { ...bytes, data: new Uint8Array(levels.length) }],
            ['images', bytes],
          ]),
        ),
    ],
    ['images-idx3-ubyte', () => writeIdx({ shape, data: levels })],
  ])('from %s', async (name, content) => {
    expect(await readImages(await written(name, content()))).toEqual({
      count,
      height,
      width,
      images: levels,
    });
  });

  test('from a folder of PNG pictures, by their paths, and colours as grey', async () => {
    const picture = (data: Uint8Array, channels: number) =>
      encode({ width: 2, height: 1, channels, depth: 8, data });
    await written('pictures/b.png', picture(Uint8Array.of(255, 0, 0, 0, 0, 255), 3));
    await written('pictures/a/one.PNG', picture(Uint8Array.of(7, 9), 1));
    await written('pictures/notes.txt', Uint8Array.of(1));
    const { count, images } = await readImages(join(folder, 'pictures'));
    expect({ count, images: [...images] }).toEqual({ count: 2, images: [7, 9, 76, 29] });
  });

  test('from arrays of two values, of which 1 is white', async () => {
    const path = await written(
      'binary.npy',
      writeNpy({ dtype: 'u1', shape: [1, 1, 2], data: Uint8Array.of(0, 1) }),
    );
    expect([...(await readImages(path)).images]).toEqual([0, 255]);
  });
});

describe('what is no set of grey images is refused by name', () => {
  test.each<[string, () => Uint8Array, RegExp]>([
    [
      'colour.npy',
      () => writeNpy({ ...bytes, shape: [10, 5, 7, 3] }),
      /must be grey.*got u1 \[10, 5, 7, 3\]/,
    ],
    [
      'high.npy',
      () => writeNpy({ dtype: 'f4', shape: [1, 1, 2], data: Float32Array.of(0, 300) }),
      /got 300 at 1/,
    ],
    [
      'nan.npy',
      () => writeNpy({ dtype: 'f4', shape: [1, 1, 1], data: Float32Array.of(Number.NaN) }),
      /got NaN at 0/,
    ],
    [
      'two.npz',
      () =>
        writeNpz(
          new Map([
            ['a', bytes],
            ['b', bytes],
          ]),
        ),
      /named images.*got a \[30, 5, 7\], b/,
    ],
    [
      'mixed/a.png',
      () => encode({ width: 2, height: 1, channels: 1, depth: 8, data: new Uint8Array(2) }),
      /^$/,
    ],
  ])('%s', async (name, content, message) => {
    const path = await written(name, content());
    if (name.startsWith('mixed')) {
      await written(
        'mixed/b.png',
        encode({ width: 1, height: 1, channels: 1, depth: 8, data: new Uint8Array(1) }),
      );
      const error = await errorOf(join(folder, 'mixed'));
      expect(error.message).toMatch(/b\.png: all pictures must have one size, .*2 by 1, got 1 by 1/);
      return;
    }
    const error = await errorOf(path);
    expect(error).toBeInstanceOf(FormatError);
    expect(error.message).toMatch(message);
  });

  test('and so is a path with nothing there, a folder without pictures, and pictures of another kind', async () => {
    expect(await errorOf(join(folder, 'none.npy'))).toBeInstanceOf(RequestError);
    await mkdir(join(folder, 'empty'));
    expect((await errorOf(join(folder, 'empty'))).message).toMatch(/must hold PNG pictures/);
    await written('photos/a.jpg', Uint8Array.of(1));
    expect((await errorOf(join(folder, 'photos'))).message).toMatch(/must be PNG, got a\.jpg/);
  });
});

test('a run on images of another size follows it, and codes such images', async () => {
  const path = await written('train.npy', writeNpy(bytes));
  const config = {
    ...discreteVae.presets.quick,
    data: path,
    hidden: [6, 5],
    codes: 3,
    codeSize: 4,
    k: 2,
    steps: 1,
  } as const;
  const notes: string[] = [];
  const run = memoryStore('own');
  const onEvent = (event: { kind: string; message?: string }) =>
    event.kind === 'note' && notes.push(event.message!);
  const { data } = await trainTask(discreteVae, config, { run, dataFolder: '', onEvent });
  expect(data).toMatch(
    /^your own images, 7 by 5 pixels \(sha256 [0-9a-f]{8}\): 24 images to train on, 3 for validation, 3 to test on$/,
  );
  expect(notes).toEqual([expect.stringContaining('24 images to train on, fewer than the 100 of a batch')]);
  const coder = await openImageCoder(run);
  const { codes, reconstructions, bce } = coder.code(await readImages(path));
  const [changed] = [levels.slice()];
  changed[0] = 255 - changed[0]!;
  await writeFile(path, writeNpy({ ...bytes, data: changed }));
  await expect(trainTask(discreteVae, config, { run, resume: true, dataFolder: '' })).rejects.toThrow(
    'own was trained on other data: then "your own images',
  );
  expect([codes.length, reconstructions.length, bce.length]).toEqual([30 * 12, levels.length, 30]);
  expect(codes.reduce((sum, bit) => sum + bit, 0)).toBe(30 * 3 * 2);
  expect(() => coder.code({ count: 1, width: 3, height: 3, images: new Uint8Array(9) })).toThrow(
    'images must have the 35 pixels of those of training, got 3 by 3',
  );
  coder.dispose();
});

test('the run asks for enough images', async () => {
  const path = await written(
    'few.npy',
    writeNpy({ dtype: 'u1', shape: [2, 1, 1], data: Uint8Array.of(0, 9) }),
  );
  const config = { ...discreteVae.presets.quick, data: path };
  await expect(trainTask(discreteVae, config, { run: memoryStore('few'), dataFolder: '' })).rejects.toThrow(
    'there must be at least 3 images to train on some, got 2',
  );
});
