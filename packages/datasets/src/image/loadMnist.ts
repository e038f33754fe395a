import { mnist, mnistFiles } from '../catalogue/mnist.js';
import { dataFolder } from '../folder/dataFolder.js';
import type { DownloadOptions } from '../folder/download.js';
import { FormatError } from '../format/formatError.js';
import { readIdx } from '../format/idx.js';
import { type ImageSet, SIDE } from './imageSet.js';

/**
 * Settings of {@link loadMnist}, those of its download included.
 *
 * @example
 * ```ts
 * import type { LoadMnistOptions } from '@aimle/datasets';
 *
 * const options: LoadMnistOptions = { split: 'train', download: 'if-missing' };
 * options.split // => 'train'
 * ```
 */
export interface LoadMnistOptions extends DownloadOptions {
  /** The data folder, with the files in its `mnist` folder; {@link dataFolder} if left out. */
  readonly folder?: string;
  /** The 60,000 images to train on, or the 10,000 to test on. */
  readonly split: 'train' | 'test';
  /** Whether the network may be used when a file is not there; `'never'` if left out. */
  readonly download?: 'never' | 'if-missing';
}

/**
 * Loads MNIST from the data folder: the four published idx files in `mnist/`, gzipped or unpacked. A folder that holds
 * them may be read-only; a missing file is downloaded if that is allowed. Node only. Takes about a second for `train`.
 *
 * Source: Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits".
 *
 * @param options - which split, from where, and whether to download.
 * @returns the images and labels, `source` being `'file'` or `'download'`.
 * @throws FormatError when a file is damaged; Error when one is missing or cannot be downloaded; RangeError for an
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
  const { readFile } = await import('node:fs/promises');
  const { paths, downloaded } = await mnist.require(folder, mnistFiles[split], { download, ...options });
  const [imagesAt, labelsAt] = paths as [string, string];
  const images = readIdx(await readFile(imagesAt), imagesAt);
  const labels = readIdx(await readFile(labelsAt), labelsAt);
  const [count, height, width] = images.shape;
  if (images.shape.length !== 3 || height !== SIDE || width !== SIDE) {
    throw new FormatError(
      `${imagesAt}: images must have shape [count, 28, 28], got [${images.shape.join(', ')}]`,
    );
  }
  if (labels.shape.length !== 1 || labels.shape[0] !== count) {
    throw new FormatError(
      `${labelsAt}: labels must have shape [${count}], as many as the images of ${imagesAt}, got ` +
        `[${labels.shape.join(', ')}]`,
    );
  }
  const wrong = labels.data.findIndex((label) => label > 9);
  if (wrong >= 0) {
    throw new FormatError(`${labelsAt}: labels must be in [0, 9], got ${labels.data[wrong]} at ${wrong}`);
  }
  return {
    name: `MNIST ${split}`,
    source: downloaded ? 'download' : 'file',
    width: SIDE,
    height: SIDE,
    count: count!,
    images: images.data,
    labels: labels.data,
  };
}
