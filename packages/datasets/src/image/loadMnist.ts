import { mirrors, mnistFiles } from '../catalogue/mnist.js';
import { type CheckedFile, type DataFile, locate, readChecked } from '../folder/dataFile.js';
import { dataFolder } from '../folder/dataFolder.js';
import { type DownloadOptions, download as downloaded } from '../folder/download.js';
import { FormatError } from '../format/formatError.js';
import { readIdx } from '../format/idx.js';
import { type ImageSet, SIDE } from './imageSet.js';

/** Settings of {@link loadMnist}, including those of its download. */
export interface LoadMnistOptions extends DownloadOptions {
  /** The data folder, with the files in its `mnist` folder. Default: {@link dataFolder}. */
  readonly folder?: string;
  /** The 60,000 images to train on, or the 10,000 to test on. */
  readonly split: 'train' | 'test';
  /** Whether the network may be used if a file is missing. Default: `'never'`. */
  readonly download?: 'never' | 'if-missing';
}

/**
 * Loads MNIST from the data folder: the four published idx files in `mnist/`, gzipped or unpacked. A folder that holds
 * them may be read-only; a missing file is downloaded if that is allowed. The SHA-256 of every file is checked on each
 * load, because other data sets use the same names. Node only. Takes about a second for `train`.
 *
 * Source: Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits".
 *
 * @param options - which split, from where, and whether to download.
 * @returns the images and labels, `source` being `'file'` or `'download'`.
 * @throws FormatError when a file is damaged, or is not the published one; Error when one is missing or cannot be downloaded; RangeError for an
 * unknown split.
 *
 * @example
 * ```ts
 * import { loadMnist } from '@aimle/datasets';
 *
 * let message = '';
 * await loadMnist({ folder: '/nowhere', split: 'test' }).catch((error) => {
 *   message = error.message;
 * });
 * message.startsWith('mnist: t10k-images-idx3-ubyte.gz is not in ') // => true
 * ```
 */
export async function loadMnist({
  folder = dataFolder(),
  split,
  download = 'never',
  ...options
}: LoadMnistOptions): Promise<ImageSet> {
  if (!Object.hasOwn(mnistFiles, split)) {
    throw new RangeError(`loadMnist: split must be 'train' or 'test', got ${JSON.stringify(split)}`);
  }
  const [images, labels] = mnistFiles[split];
  const read = (file: DataFile) => required(folder, file, { download, ...options });
  const [imageFile, labelFile] = [await read(images), await read(labels)];
  return {
    name: `MNIST ${split}`,
    source: imageFile.fresh || labelFile.fresh ? 'download' : 'file',
    ...labelledImages(imageFile, labelFile),
  };
}

/** Reads a file, checked against its SHA-256, and says whether it had to be downloaded. */
export async function required(
  folder: string,
  file: DataFile,
  { download, ...options }: Pick<LoadMnistOptions, 'download'> & DownloadOptions,
): Promise<CheckedFile & { readonly fresh: boolean }> {
  const { join } = await import('node:path');
  const own = join(folder, 'mnist');
  let path = await locate(own, file);
  const fresh = path === null && download === 'if-missing';
  if (fresh) path = await downloaded(file, own, { mirrors, ...options });
  if (path === null) {
    throw new Error(
      `mnist: ${file.name} is not in ${own}; run \`aimle data get mnist\`, allow the download, or set AIMLE_DATA to a ` +
        'folder that has it',
    );
  }
  return { ...(await readChecked(path, file, 'mnist')), fresh };
}

/** Reads a pair of idx files, images and their labels. Throws a FormatError when they do not belong together. */
export function labelledImages(
  imageFile: CheckedFile,
  labelFile: CheckedFile,
): Pick<ImageSet, 'width' | 'height' | 'count' | 'images' | 'labels'> {
  const images = readIdx(imageFile.bytes, imageFile.path);
  const labels = readIdx(labelFile.bytes, labelFile.path);
  const [count, height, width] = images.shape;
  if (images.shape.length !== 3 || height !== SIDE || width !== SIDE) {
    throw new FormatError(
      `${imageFile.path}: images must have shape [count, 28, 28], got [${images.shape.join(', ')}]`,
    );
  }
  if (labels.shape.length !== 1 || labels.shape[0] !== count) {
    throw new FormatError(
      `${labelFile.path}: labels must have shape [${count}], as many as the images of ${imageFile.path}, got ` +
        `[${labels.shape.join(', ')}]`,
    );
  }
  const wrong = labels.data.findIndex((label) => label > 9);
  if (wrong >= 0) {
    throw new FormatError(
      `${labelFile.path}: labels must be in [0, 9], got ${labels.data[wrong]} at ${wrong}`,
    );
  }
  return { width: SIDE, height: SIDE, count: count!, images: images.data, labels: labels.data };
}
