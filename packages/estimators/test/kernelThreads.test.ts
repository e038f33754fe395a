import * as kernelsModule from '@aimle/kernels';
import { kernels, useKernels } from '@aimle/kernels';
import { noNoise, sumOfGamma } from '@aimle/random';
import { atMostK, categorical, type Solver, spanningTree, topK } from '@aimle/solvers';
import { everyTaskInThreads } from '@aimle/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AimleOptions, aimle, fixedLambda, imle, type Layer, noiseScaled } from '../src/index.js';
import { expectSame, expectSameBits, inKernels, numbers, outcome, type Problem } from './kernelCases.js';

const structures: Readonly<Record<string, Solver>> = {
  'topK of few': topK({ size: 20, k: 10 }),
  'topK of many, minimised': topK({ size: 77, k: 9, sense: 'minimise' }),
  'topK, rows of an odd length': topK({ size: 5, k: 2 }),
  categorical: categorical({ size: 33 }),
  atMostK: atMostK({ size: 12, k: 3 }),
  spanningTree: spanningTree({ vertices: 7 }),
};

/** Batches of one band and of many, whole and with a rest. */
const problems: Readonly<Record<string, Problem>> = {
  'one row': { batch: 1 },
  'fewer rows than threads': { batch: 2, samples: 2 },
  'many rows': { batch: 1501 },
  samples: { batch: 403, samples: 5 },
  blocks: { batch: 301, blocks: 3, samples: 2 },
  masks: { batch: 700, samples: 2, masked: 0.5 },
  ties: { batch: 700, samples: 2, grid: 1 },
};

const perturbation = fixedLambda(2);
const options: Readonly<Record<string, AimleOptions>> = {
  'with adaptive perturbations, a curvature correction and draws': { perturbation: noiseScaled(), draws: 3 },
  'with other noise': { perturbation, noise: sumOfGamma({ kappa: 5 }) },
  'without noise': { perturbation, noise: noNoise() },
  'forward differences': { perturbation, difference: 'forward' },
};

// The engine of the suite has loaded them, unless AIMLE_KERNELS=off. Pages may have to do with one thread.
const { crossOriginIsolated = true } = globalThis as { crossOriginIsolated?: boolean };
describe.skipIf(kernels() === null || !crossOriginIsolated).each([2, 3])('%i threads', (threads) => {
  let end: () => void;
  beforeAll(async () => {
    end = await everyTaskInThreads(kernelsModule, threads);
    await useKernels(false);
  });
  afterAll(async () => {
    end();
    await useKernels();
  });
  afterEach(() => useKernels(false));

  describe.each(Object.entries(structures))('%s', (_name, solver) => {
    test.each(Object.entries(options))('have the same bits %s', async (_name, option) => {
      for (const problem of Object.values(problems)) {
        await expectSameBits(() => aimle(solver, option), problem);
      }
    });
  });

  test('have the same bits with groups of samples', async () => {
    const build = () => imle(topK({ size: 9, k: 3 }), { lambda: 1, marginalSamples: 4 });
    await expectSameBits(build, { batch: 900, samples: 8 });
  });

  test('leave a call that the solver refuses to the TypeScript, which names the row', async () => {
    const theta = numbers(1, 20 * 2000, 0);
    theta[20 * 1500 + 7] = Number.NEGATIVE_INFINITY;
    const gradient = new Float32Array(theta.length);
    gradient[20 * 1500 + 7] = -1e38;
    const options = { perturbation: fixedLambda(1e300), difference: 'forward' } as const;
    const refused = () =>
      aimle(topK({ size: 20, k: 10 }), options)
        .forward(theta, { key: [1, 2] })
        .vjp(gradient);
    await inKernels(() => expect(refused).toThrow('got NaN in instance 1500 at element 7'));
  });

  test('have the same bits again and again', async () => {
    const build = (): Layer => aimle(topK({ size: 20, k: 10 }), { perturbation, draws: 2 });
    const problem = { batch: 1200, samples: 2 };
    const { result: first } = await inKernels(() => outcome(build, problem));
    for (let round = 0; round < 30; round++) {
      const { result } = await inKernels(() => outcome(build, problem));
      for (const [i, gradient] of result.gradients.entries()) {
        expectSame(gradient, first.gradients[i]!);
      }
    }
  });
});
