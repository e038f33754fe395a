/**
 * Compares synchronous reads on webgpu in a browser, ours and TensorFlow.js's:
 *
 *   AIMLE_BROWSER_ENGINES=webgpu npx vitest bench --run --config tooling/browser/suites/vitest.config.ts
 */
import * as tf from '@tensorflow/tfjs';
import { bench, describe } from 'vitest';

interface Reads {
  readSync(dataId: object): ArrayLike<number>;
}

const backend = tf.backend() as unknown as Reads;
const stock = (Object.getPrototypeOf(backend) as Reads).readSync;

describe.each([2048, 16_384, 65_536, 1_048_576])('%i values', (size) => {
  const x = tf.zeros([size]);
  const time = 1000;
  const read = (values: (dataId: object) => ArrayLike<number>) => () => {
    const y = tf.add(x, 1);
    if (values(y.dataId)[size - 1] !== 1) throw new Error('read something else');
    y.dispose();
  };
  bench(
    'ours',
    read((dataId) => backend.readSync(dataId)),
    { time },
  );
  bench(
    'stock',
    read((dataId) => stock.call(backend, dataId)),
    { time },
  );
});
