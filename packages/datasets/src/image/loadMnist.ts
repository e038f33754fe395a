import { mnist, mnistFiles } from '../catalogue/mnist.js';
import type { CheckedFile } from '../folder/dataFile.js';
import { dataFolder } from '../folder/dataFolder.js';
import type { DownloadOptions } from '../folder/download.js';
import type { ImageSet } from './imageSet.js';
import { labelledImages } from './labelledImages.js';

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
  const { files, downloaded } = await mnist.require(folder, mnistFiles[split], { download, ...options });
  const [images, labels] = files as [CheckedFile, CheckedFile];
  return {
    name: `MNIST ${split}`,
    source: downloaded ? 'download' : 'file',
    ...labelledImages(images, labels),
  };
}
