import { type DataFile, inspect, locate } from '../folder/dataFile.js';
import { download } from '../folder/download.js';
import { datasetOfFiles } from './dataset.js';

/** The files of a split: images, then labels. */
type Pair = readonly [images: DataFile, labels: DataFile];

/** The four published files. The digests are those of files with the commonly quoted MD5 sums. */
export const mnistFiles: Readonly<Record<'train' | 'test', Pair>> = {
  train: [
    {
      name: 'train-images-idx3-ubyte.gz',
      bytes: 9_912_422,
      sha256: '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
      unpacked: {
        name: 'train-images-idx3-ubyte',
        sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      },
    },
    {
      name: 'train-labels-idx1-ubyte.gz',
      bytes: 28_881,
      sha256: '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
      unpacked: {
        name: 'train-labels-idx1-ubyte',
        sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
      },
    },
  ],
  test: [
    {
      name: 't10k-images-idx3-ubyte.gz',
      bytes: 1_648_877,
      sha256: '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
      unpacked: {
        name: 't10k-images-idx3-ubyte',
        sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      },
    },
    {
      name: 't10k-labels-idx1-ubyte.gz',
      bytes: 4_542,
      sha256: 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
      unpacked: {
        name: 't10k-labels-idx1-ubyte',
        sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
      },
    },
  ],
};

export const mirrors = [
  'https://ossci-datasets.s3.amazonaws.com/mnist',
  'https://storage.googleapis.com/cvdf-datasets/mnist',
];

export const mnist = mnistOf([...mnistFiles.train, ...mnistFiles.test]);

/** Makes the data set of the given files; tests have smaller ones. */
export function mnistOf(files: readonly DataFile[]) {
  return datasetOfFiles({
    name: 'mnist',
    title: 'handwritten digits, 60,000 to train and 10,000 to test, 28 by 28 grey',
    source: 'Y. LeCun, C. Cortes and C. Burges; commonly given as CC BY-SA 3.0',
    files,
    remedy: 'gets it',
    problemOf: inspect,
    async get(folder, options) {
      const { join } = await import('node:path');
      const own = join(folder, 'mnist');
      for (const file of files) {
        const path = await locate(own, file);
        if (path !== null && (await inspect(path, file)) === null) continue;
        await download(file, own, { mirrors, ...options });
      }
    },
  });
}
