import { FormatError, type NpyArray, readIdx, readNpy, readNpz } from '@aimle/datasets';
import { RequestError } from '@aimle/training';
import { imagesFromArray } from './fromArray.js';
import { imagesFromPngs } from './fromPngs.js';
import type { Images } from './images.js';

/** Names that arrays of images have in .npz files, where there are several. */
const usualNames = ['images', 'train_images', 'x_train', 'x', 'data'];
const pictures = /\.(png|jpe?g|gif|bmp|webp|tiff?)$/i;

/**
 * Reads grey images of any one size:
 *
 * - a folder of PNG pictures, also in folders within it, in the order of their paths; colours become grey (Rec. 601), and
 *   transparency is left out;
 * - `.npy`: [images, height, width], also with an axis of length 1 for the channel; `.npz`: the only such array in it, or the
 *   one named `images`, `train_images`, `x_train`, `x` or `data`. Whole numbers in [0, 255], or numbers in [0, 1]; where
 *   no number is above 1, 1 is white;
 * - any other name: idx, as MNIST's files, [images, height, width]; gzip or not.
 *
 * Grey values are rounded to 8 bits. Node only.
 *
 * @param path - the file or folder.
 * @throws RequestError when there is nothing there, or no picture in the folder; FormatError that names the file and what is
 * wrong with it.
 * @example
 * ```ts
 * import { writeNpy } from '@aimle/datasets';
 * import { readImages } from '@aimle/discrete-vae';
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 *
 * const file = join(await mkdtemp(join(tmpdir(), 'images-')), 'mine.npy');
 * await writeFile(file, writeNpy({ dtype: 'f4', shape: [2, 3, 5], data: new Float32Array(30).fill(0.2) }));
 * const { count, width, height, images } = await readImages(file);
 * [count, width, height, images[0]]; // => [2, 5, 3, 51]
 * ```
 */
export async function readImages(path: string): Promise<Images> {
  const { readFile, stat } = await import('node:fs/promises');
  try {
    if ((await stat(path)).isDirectory()) return await fromFolder(path);
    return fromBytes(new Uint8Array(await readFile(path)), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new RequestError(`there is no file or folder ${path}`, { cause: error });
  }
}

function fromBytes(bytes: Uint8Array, path: string): Images {
  if (/\.npy$/i.test(path)) return imagesFromArray(readNpy(bytes, path), path);
  if (/\.npz$/i.test(path)) return imagesFromArray(onlyImages(readNpz(bytes, path), path), path);
  if (/\.png$/i.test(path)) return imagesFromPngs([[path, bytes]]);
  const { shape, data } = readIdx(bytes, path);
  return imagesFromArray({ dtype: 'u1', shape, data }, path);
}

function onlyImages(arrays: ReadonlyMap<string, NpyArray>, path: string): NpyArray {
  const possible = [...arrays].filter(([, { shape }]) => shape.length >= 3);
  if (possible.length === 1) return possible[0]![1];
  const named = usualNames.find((name) => possible.some(([other]) => other === name));
  if (named !== undefined) return arrays.get(named)!;
  const found = [...arrays].map(([name, { shape }]) => `${name} [${shape.join(', ')}]`).join(', ');
  throw new FormatError(
    `${path}: must hold one array [images, height, width], or several of which one is named ${usualNames.join(', ')}; got ${found || 'none'}`,
  );
}

async function fromFolder(folder: string): Promise<Images> {
  const { readdir, readFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const names = (await readdir(folder, { recursive: true })).filter((name) => pictures.test(name)).sort();
  const other = names.find((name) => !/\.png$/i.test(name));
  if (other !== undefined) {
    throw new RequestError(
      `${folder}: pictures must be PNG, got ${other}; convert them, or write them as .npy`,
    );
  }
  if (names.length === 0) {
    throw new RequestError(
      `${folder} must hold PNG pictures, and holds none; name a folder of pictures, or a file`,
    );
  }
  const read: [string, Uint8Array][] = [];
  for (const name of names) read.push([join(folder, name), await readFile(join(folder, name))]);
  return imagesFromPngs(read);
}
