import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nativeLayout, readNativeManifest } from '../src/native/installation.js';
import { type LoadedNative, loadNative } from '../src/native/load.js';

const layout = nativeLayout();
const { folder } = layout;
const manifest = await readNativeManifest(layout);
const reason = manifest ? '' : ` (skipped: not installed, nothing in ${folder})`;

/** Values between -2 and 2 that are the same on every engine. */
function values(shape: number[], seed = 1): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const data = Float32Array.from({ length: size }, (_, index) => 2 * Math.sin(seed + 12.9898 * index));
  return tf.tensor(data, shape);
}

const images = () => values([2, 7, 7, 3]) as tf.Tensor4D;
const filters = () => values([3, 3, 3, 4], 2) as tf.Tensor4D;
const rows = () => tf.tensor1d([4, 0, 0], 'int32');

/** Each function of one or two tensors is compared in its values and in its gradients. */
const operations: Record<
  string,
  [(x: tf.Tensor, y: tf.Tensor) => tf.Tensor, () => tf.Tensor, () => tf.Tensor]
> = {
  'a matrix product': [(x, y) => tf.matMul(x, y), () => values([3, 4]), () => values([4, 5], 2)],
  'a transposed product': [
    (x, y) => tf.matMul(x, y, true, true),
    () => values([4, 3]),
    () => values([5, 4], 2),
  ],
  'a batched product': [(x, y) => tf.matMul(x, y), () => values([2, 3, 4]), () => values([2, 4, 5], 2)],
  'a sum with broadcasting': [(x, y) => x.add(y).square(), () => values([3, 4]), () => values([4], 2)],
  'softmax and gather': [
    (x, y) => tf.softmax(x).gather(rows()).mul(y),
    () => values([5, 3]),
    () => values([3, 3], 2),
  ],
  'log-softmax and sigmoid': [
    (x, y) => tf.logSoftmax(x).mul(y.sigmoid()),
    () => values([3, 4]),
    () => values([3, 4], 2),
  ],
  'casts to the same type and to another': [
    (x, y) => tf.cast(x, 'float32').mul(tf.cast(tf.cast(y, 'int32'), 'float32')),
    () => values([3, 4]),
    () => values([3, 4], 2),
  ],
  'means, maxima and logsumexp': [
    (x, y) => x.mean(1).add(x.max(1)).mul(tf.logSumExp(y, 1)),
    () => values([3, 4]),
    () => values([3, 4], 2),
  ],
  'slices, stacks and pads': [
    (x, y) =>
      tf.stack([tf.slice(x, [1, 0], [2, 2]), tf.slice(y, [0, 1], [2, 2])]).pad([
        [0, 0],
        [1, 0],
        [0, 1],
      ]),
    () => values([3, 4]),
    () => values([3, 4], 2),
  ],
  'a choice by condition': [
    (x, y) => tf.where(tf.greater(values([3, 4], 3), 0), x, y),
    () => values([3, 4]),
    () => values([3, 4], 2),
  ],
  'a rectifier, whose gradient is a step': [
    (x, y) => tf.relu(x).mul(y),
    () => values([3, 40]),
    () => values([3, 40], 2),
  ],
  "a convolution with 'same'": [
    (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same').relu(),
    images,
    filters,
  ],
  'a convolution padded by a number': [
    (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 1),
    images,
    filters,
  ],
  'a one-dimensional convolution': [
    (x, w) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 1, 'same'),
    () => values([2, 7, 3]),
    () => values([3, 3, 4], 2),
  ],
  'a depthwise convolution padded by a number': [
    (x, w) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 1),
    images,
    () => values([3, 3, 3, 2], 2),
  ],
  'pooling padded by a number': [
    (x, y) => tf.maxPool(x.sub(3) as tf.Tensor4D, 3, 2, 1).mul(y),
    images,
    () => values([2, 4, 4, 3], 2),
  ],
};

describe.skipIf(!manifest)(`the native engine${reason}`, () => {
  let native: LoadedNative;
  let engineBefore: string;

  beforeAll(async () => {
    engineBefore = tf.getBackend();
    native = await loadNative(tf);
  });
  afterAll(() => tf.setBackend(engineBefore));

  test('says its version, its threads and where it came from, and is loaded without being chosen', async () => {
    expect(native.version).toBe(manifest?.tensorflow);
    expect(native.threads).toBeGreaterThan(0);
    expect(native.source).toContain(folder);
    expect(tf.getBackend()).toBe(engineBefore);
    expect(await loadNative(tf)).toBe(native);
  });

  test.each(Object.entries(operations))(
    'computes %s and its gradients like pure JavaScript',
    async (_name, [fn, x, y]) => {
      const results: number[][][] = [];
      for (const engine of ['cpu', 'tensorflow']) {
        await tf.setBackend(engine);
        const inputs = [x(), y()];
        const outputs = [
          fn(inputs[0] as tf.Tensor, inputs[1] as tf.Tensor),
          ...tf.grads((a, b) => fn(a as tf.Tensor, b as tf.Tensor).square())(inputs),
        ];
        results.push(outputs.map((output) => Array.from(output.dataSync())));
        tf.dispose([inputs, outputs]);
      }
      const [expected, found] = results as [number[][], number[][]];
      expect(found.map((list) => list.length)).toEqual(expected.map((list) => list.length));
      expected.forEach((list, output) => {
        const scale = Math.max(...list.map(Math.abs));
        list.forEach((value, index) => {
          expect(Math.abs((found[output]?.[index] as number) - value)).toBeLessThan(1e-5 * (1 + scale));
        });
      });
    },
  );

  test('learns a linear map with Adam, two thousand steps without keeping a tensor', async () => {
    await tf.setBackend('tensorflow');
    const target = values([6, 4], 3) as tf.Tensor2D;
    const weights = tf.variable(tf.zeros([6, 4]));
    const optimiser = tf.train.adam(0.02);
    const step = (index: number) =>
      tf.tidy(() => {
        const x = values([16, 6], index) as tf.Tensor2D;
        const cost = () =>
          x
            .matMul(weights as tf.Tensor2D)
            .sub(x.matMul(target))
            .square()
            .mean() as tf.Scalar;
        return (optimiser.minimize(cost, true) as tf.Scalar).dataSync()[0] as number;
      });
    const first = step(0);
    const { numTensors } = tf.memory();
    const inTensorFlow = backend().getNumOfTFTensors();
    let last = first;
    for (let index = 1; index <= 2000; index++) last = step(index);
    expect(last).toBeLessThan(first * 1e-6);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(backend().getNumOfTFTensors()).toBe(inTensorFlow);
    tf.dispose([weights, target]);
    optimiser.dispose();
  });

  test('padding by a number keeps no tensor', async () => {
    await tf.setBackend('tensorflow');
    const [x, w] = [images(), filters()];
    const network = (a: tf.Tensor, b: tf.Tensor) =>
      tf.maxPool(tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 1), 2, 2, 1);
    const run = () => {
      tf.dispose(tf.grads(network)([x, w]));
      tf.dispose(tf.conv2d(x, w, 1, 1));
      tf.dispose(tf.maxPool(x, 2, 2, 1));
    };
    run();
    const before = [tf.memory().numTensors, backend().getNumOfTFTensors()];
    run();
    expect([tf.memory().numTensors, backend().getNumOfTFTensors()]).toEqual(before);
    tf.dispose([x, w]);
  });

  test("a project's own tfjs-node goes first, where it loads and shares the project's TensorFlow.js", async () => {
    const project = await mkdtemp(join(tmpdir(), 'aimle-project-'));
    try {
      const modules = join(project, 'node_modules', '@tensorflow');
      await mkdir(join(modules, 'tfjs-node'), { recursive: true });
      await writeFile(join(project, 'package.json'), '{}');
      await writeFile(join(modules, 'tfjs-node', 'package.json'), '{ "name": "@tensorflow/tfjs-node" }');
      for (const part of ['dist', 'lib'])
        await cp(join(folder, part), join(modules, 'tfjs-node', part), { recursive: true });
      await symlink(join(folder, 'deps'), join(modules, 'tfjs-node', 'deps'));
      const { resolve } = createRequire(import.meta.url);
      await symlink(dirname(resolve('@tensorflow/tfjs/package.json')), join(modules, 'tfjs'));
      await symlink(
        dirname(createRequire(resolve('@tensorflow/tfjs')).resolve('@tensorflow/tfjs-core/package.json')),
        join(modules, 'tfjs-core'),
      );
      const { stdout, stderr } = runScript(
        `import tf from '@tensorflow/tfjs';
         import { loadNative } from ${JSON.stringify(loader)};
         const { source } = await loadNative(tf);
         await tf.setBackend('tensorflow');
         console.log(source, tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]);`,
        project,
      );
      expect(stderr).toBe('');
      expect(stdout.trim()).toBe(`the project's ${join(modules, 'tfjs-node')} 11`);
    } finally {
      await rm(project, { recursive: true });
    }
  });
});

const loader = join(import.meta.dirname, '../src/native/load.ts');

function backend(): { getNumOfTFTensors(): number } {
  return tf.findBackend('tensorflow') as unknown as { getNumOfTFTensors(): number };
}

function runScript(script: string, cwd: string) {
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const args = ['--import', tsx, '--input-type=module', '-e', script];
  return spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
}
