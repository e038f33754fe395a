/**
 * Compares products of matrices on the wasm engine: as they were (XNNPACK, with explicit transposes), by our kernels on
 * one thread, and on all, in turn in one process. Prints the fastest of many runs in GFLOP/s, by the clock.
 *   node --conditions=@aimle/source --import tsx packages/engine/bench/products.ts [seconds a shape]
 */
import { useEngine } from '@aimle/engine';
import { kernels, useKernels } from '@aimle/kernels';
import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { batchMatMul } from '../src/wasm/batchMatMul.js';

const seconds = Number(process.argv[2] ?? 2);

await import('@tensorflow/tfjs-backend-wasm');
// The stock kernel, before ours replaces it.
const stock = batchMatMul.make(tf.getKernel('BatchMatMul', 'wasm'));
await useEngine('wasm', { report: () => {} });
const backend = tf.backend() as BackendWasm;
// A backend of which no products are known takes the way without them.
const bare = new Proxy(backend, { get: (target, name) => Reflect.get(target, name, target) });

type Shape = readonly [m: number, k: number, n: number, transposeA: boolean, transposeB: boolean, of: string];
const dense = (rows: number, inputs: number, outputs: number, of: string): Shape[] => [
  [rows, inputs, outputs, false, true, of],
  [rows, outputs, inputs, false, false, 'gradient of the input'],
  [outputs, rows, inputs, true, false, 'gradient of the weights'],
];
const shapes: readonly Shape[] = [
  ...dense(100, 784, 512, 'VAE, encoder'),
  ...dense(1000, 512, 784, 'VAE, decoder with 10 samples'),
  ...dense(1000, 256, 512, 'VAE, decoder with 10 samples'),
  ...dense(14_000, 200, 100, 'learning to explain, words'),
  [6198, 300, 100, false, false, 'learning to explain, windows'],
  [958, 200, 300, false, false, 'learning to explain, table'],
  ...dense(9216, 256, 256, 'relational inference, edges'),
  ...dense(1280, 256, 256, 'relational inference, vertices'),
];

const threads = kernels()?.threads ?? 1;
process.stdout.write(`${process.version}, ${threads} threads; GFLOP/s\n`);
process.stdout.write('m x k x n            operands   XNNPACK      ours   threads\n');
for (const [m, k, n, transposeA, transposeB, of] of shapes) {
  const a = tf.randomNormal(transposeA ? [k, m] : [m, k]);
  const b = tf.randomNormal(transposeB ? [n, k] : [k, n]);
  const attrs = { transposeA, transposeB };
  const ours = () => void tf.matMul(a, b, transposeA, transposeB).dispose();
  const before = () => {
    const result = stock({ inputs: { a, b }, backend: bare, attrs }) as tf.TensorInfo;
    backend.disposeData(result.dataId);
  };
  const best = await fastest([
    [1, before],
    [1, ours],
    [threads, ours],
  ]);
  const rates = best.map((ms) => ((2 * m * k * n) / ms / 1e6).toFixed(1).padStart(10)).join('');
  const operands = `${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`.padEnd(6);
  process.stdout.write(`${[m, k, n].join(' x ').padEnd(22)} ${operands} ${rates}   ${of}\n`);
  tf.dispose([a, b]);
}

async function fastest(ways: readonly (readonly [number, () => void])[]): Promise<number[]> {
  const best = ways.map(() => Number.POSITIVE_INFINITY);
  const end = performance.now() + 1000 * seconds;
  for (let round = 0; round < 3 || performance.now() < end; round++) {
    for (const [i, [count, way]] of ways.entries()) {
      await useKernels(true, { threads: count });
      for (let repeat = 0; repeat < 3; repeat++) {
        const start = performance.now();
        way();
        best[i] = Math.min(best[i]!, performance.now() - start);
      }
    }
    // Workers start in the background.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return best;
}
