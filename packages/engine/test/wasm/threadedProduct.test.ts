import { kernels, useKernels } from '@aimle/kernels';
import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { engineUnderTest } from './agreement.js';

/** Numbers that follow from the seed, some of them no numbers. */
function matrix(shape: [number, number], seed: number): tf.Tensor2D {
  const x = tf.sin(tf.range(0, shape[0] * shape[1]).mul(seed)).reshape(shape) as tf.Tensor2D;
  return tf.where(x.greater(0.999_999), tf.fill(shape, Number.NaN), x) as tf.Tensor2D;
}

/** How many numbers differ; two NaN do not. */
function differences(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return Array.from(x).filter((value, i) => !Object.is(value, y[i])).length;
}

async function useThreads(threads: number): Promise<void> {
  await useKernels(true, { threads });
  await vi.waitFor(() => expect(kernels()!.team(1e9).threads).toBe(threads), 60_000);
}

describe.runIf(engineUnderTest === 'wasm' && process.env.AIMLE_KERNELS !== 'off')(
  'products on threads',
  () => {
    afterAll(() => void useKernels());

    const cases: [string, number, number, number][] = [
      ['rows of several tasks', 700, 90, 130],
      ['the rows of a batch of images', 100, 512, 784],
      ['an uneven rest', 247, 61, 433],
    ];
    for (const [name, m, n, k] of cases) {
      for (const [transposeA, transposeB] of [
        [false, false],
        [true, false],
        [false, true],
        [true, true],
      ] as const) {
        test(`are those of one thread: ${name}, transposed: ${transposeA}, ${transposeB}`, async () => {
          const a = matrix(transposeA ? [k, m] : [m, k], 0.37);
          const b = matrix(transposeB ? [n, k] : [k, n], 0.53);
          const bias = tf.cos(tf.range(0, n)) as tf.Tensor1D;
          const compute = () => [
            tf.matMul(a, b, transposeA, transposeB).dataSync(),
            tf.fused.matMul({ a, b, transposeA, transposeB, bias, activation: 'relu' }).dataSync(),
          ];
          await useThreads(1);
          const alone = compute();
          for (const threads of [2, 3]) {
            await useThreads(threads);
            const run = vi.spyOn(Object.getPrototypeOf(kernels()!.team(1e9)), 'run');
            for (let round = 0; round < 3; round++)
              expect(compute().map((x, i) => differences(x, alone[i]!))).toEqual([0, 0]);
            expect(run, 'products that the team computed').toHaveBeenCalledTimes(6);
            run.mockRestore();
          }
        });
      }
    }

    test('leave a product to one thread that copying would take longer than', async () => {
      await useThreads(2);
      const run = vi.spyOn(Object.getPrototypeOf(kernels()!.team(1e9)), 'run');
      tf.matMul(tf.ones([9000, 4]), tf.ones([4, 256])).dispose();
      tf.matMul(tf.ones([2, 2000]), tf.ones([2000, 500])).dispose();
      expect(run).not.toHaveBeenCalled();
      run.mockRestore();
    });
  },
);
