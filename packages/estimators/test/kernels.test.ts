import * as distributions from '@aimle/distributions';
import { kernels, useKernels } from '@aimle/kernels';
import { gumbel, key, noNoise, normal, sumOfGamma } from '@aimle/random';
import {
  atMostK,
  bernoulli,
  betweenK,
  categorical,
  chain,
  type Solver,
  spanningTree,
  topK,
} from '@aimle/solvers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AimleOptions,
  aimle,
  blackBox,
  type CurvatureState,
  curvatureCorrection,
  fixedLambda,
  imle,
  type Layer,
  negativeIdentity,
  paperAdaptive,
  perturbedOptimiser,
  straightThrough,
} from '../src/index.js';
import { expectSame, expectSameBits, inKernels, numbers, type Problem } from './kernelCases.js';

const senses = ['maximise', 'minimise'] as const;
const perturbation = fixedLambda(2);

const structures: Readonly<Record<string, (size: number, sense: Solver['sense']) => Solver>> = {
  topK: (size, sense) => topK({ size, k: Math.max(1, size >> 1), sense }),
  'topK of few': (size, sense) => topK({ size, k: Math.min(2, size), sense }),
  'topK of all': (size, sense) => topK({ size, k: size, sense }),
  categorical: (size, sense) => categorical({ size, sense }),
  bernoulli: (size, sense) => bernoulli({ size, sense }),
  atMostK: (size, sense) => atMostK({ size, k: Math.max(1, size >> 2), sense }),
  betweenK: (size, sense) =>
    betweenK({ size, low: Math.min(2, size), high: Math.min(size, Math.max(2, size >> 1)), sense }),
  'topK, a distribution': (size, sense) => distributions.topK({ size, k: Math.max(1, size >> 1), sense }),
  'categorical, a distribution': (size, sense) => distributions.categorical({ size, sense }),
};

// The engine of the suite has loaded them, unless AIMLE_KERNELS=off.
describe.skipIf(kernels() === null)('with kernels', () => {
  beforeAll(async () => {
    await useKernels(false);
  });
  afterAll(() => useKernels());

  describe.each(Object.entries(structures))('%s', (_name, structure) => {
    test.each(senses)('has the same bits in any size, %s', async (sense) => {
      for (const size of [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 20, 31, 32, 33, 45, 64, 65, 127, 257]) {
        const problem = { batch: 3, samples: 2, seed: size };
        await expectSameBits(() => aimle(structure(size, sense), { perturbation }), problem);
      }
    });

    test.each(senses)('breaks ties the same way, %s', async (sense) => {
      for (const grid of [1, 3]) {
        for (const size of [5, 20, 33, 70, 300]) {
          const build = () =>
            aimle(structure(size, sense), { noise: noNoise(), perturbation: fixedLambda(1) });
          await expectSameBits(build, { batch: 20, grid, seed: size });
        }
      }
    });
  });

  describe.each(senses)('%s', (sense) => {
    const pick =
      (options: AimleOptions, size = 20, k = 10) =>
      () =>
        aimle(topK({ size, k, sense }), { perturbation, ...options });

    test('masks', async () => {
      for (const masked of [0.3, 0.9]) {
        for (const size of [7, 20, 40, 100])
          await expectSameBits(pick({}, size, 5), { batch: 20, samples: 2, masked });
      }
    });

    test('layouts', async () => {
      const problems: Problem[] = [
        { batch: 1 },
        { batch: 7, samples: 1 },
        { batch: 3, samples: 5 },
        { batch: 3, blocks: 4 },
        { batch: 3, blocks: 4, samples: 3 },
        { batch: 700, samples: 10 },
      ];
      for (const problem of problems) {
        await expectSameBits(pick({}), problem);
        await expectSameBits(pick({}, 7, 3), problem);
      }
    });

    test('a batch element larger than what is worked on at a time', async () => {
      await expectSameBits(pick({}, 10_001, 50), { batch: 2, samples: 8 });
      await expectSameBits(pick({}, 10_001, 4000), { batch: 2, samples: 2 });
    });

    test('noise, temperatures and the target', async () => {
      const problem = { batch: 30, samples: 3 };
      const options: AimleOptions[] = [
        { noise: sumOfGamma({ kappa: 10 }) },
        { noise: normal() },
        { noise: noNoise() },
        { temperature: 0.3 },
        { temperature: 0 },
        { temperature: { forward: 0, backward: 1 } },
        { temperature: { forward: 1, backward: 0.5 } },
        { officialCode: { addedNoise: true } },
        { officialCode: { leftPoint: 'resolved' } },
        { officialCode: { leftPoint: 'reused' }, temperature: { forward: 1, backward: 2 } },
        { officialCode: { mismatchedLambda: true } },
        { officialCode: { undividedDifference: true } },
      ];
      for (const difference of ['central', 'forward'] as const) {
        for (const option of options) {
          for (const draws of [1, 3]) await expectSameBits(pick({ difference, draws, ...option }), problem);
        }
      }
      const ofImle = { batch: 30, samples: 3 };
      for (const means of ['marginal-marginal', 'marginal-map', 'map-map'] as const) {
        for (const target of ['gradient-step', 'loss-direction'] as const) {
          await expectSameBits(
            () => imle(topK({ size: 20, k: 10, sense }), { lambda: 3, means, target }),
            ofImle,
          );
        }
      }
      await expectSameBits(() => blackBox(topK({ size: 20, k: 10, sense }), { lambda: 3 }), ofImle);
    });

    test('states of estimators with another backward pass', async () => {
      const solver = topK({ size: 9, k: 4, sense });
      const layers = [
        () => straightThrough(solver),
        () => straightThrough(solver, { noise: gumbel(), temperature: 0.7 }),
        () => negativeIdentity(solver, { noise: gumbel() }),
        () => perturbedOptimiser(solver),
        () => perturbedOptimiser(solver, { noise: gumbel(), draws: 3, sigma: 0.5 }),
      ];
      for (const layer of layers) await expectSameBits(layer, { batch: 30, samples: 3 }, 'forward');
    });

    test('draws, groups and events', async () => {
      for (const difference of ['central', 'forward'] as const) {
        for (const draws of [1, 2, 5]) {
          for (const marginalSamples of [1, 3]) {
            const build = pick({ difference, draws, marginalSamples }, 9, 4);
            await expectSameBits(build, { batch: 11, blocks: 3, samples: 2 });
          }
        }
      }
    });

    test('draws of few items, where rounding decides and where it does not', async () => {
      for (const size of [1, 2, 3, 4, 7, 10, 16, 17, 20, 31, 32]) {
        for (const k of new Set([1, Math.min(2, size), (size + 1) >> 1, size])) {
          // At 1e38 scores become infinite.
          for (const scale of [1, 1e38, 1e-42]) {
            await expectSameBits(pick({ draws: 3 }, size, k), { batch: 4, samples: 3, scale, seed: size });
          }
          // Equal scores so large that rounding makes ties of the sums, and other ties in single precision.
          const large = { batch: 20, samples: 3, grid: 1, scale: 1e6, seed: size };
          await expectSameBits(pick({ draws: 3, perturbation: fixedLambda(0.37) }, size, k), large);
          const masked = { batch: 7, samples: 3, masked: 0.5, seed: k };
          await expectSameBits(pick({ draws: 4, difference: 'forward' }, size, k), masked);
        }
      }
      for (const temperature of [1e-40, 0.5, 1e36]) {
        await expectSameBits(pick({ draws: 3, temperature }), { batch: 9, samples: 3 });
      }
    });

    test('policies, scopes and the curvature correction', async () => {
      for (const scope of ['batch', 'instance'] as const) {
        for (const samples of [1, 4]) {
          const problem = { batch: 13, samples };
          await expectSameBits(() => aimle(topK({ size: 20, k: 10, sense }), { scope }), problem);
          const adaptive = pick({ scope, perturbation: paperAdaptive({ initialAlpha: 1 }), draws: 2 });
          await expectSameBits(adaptive, problem);
        }
      }
    });

    test('a direction that the curvature corrects', async () => {
      for (const samples of [1, 5]) {
        const run = () => {
          const layer = aimle(topK({ size: 9, k: 4, sense }), { draws: 2 });
          const gradients = [1, 2, 3].map((seed) => {
            const options = { key: key(seed), samples };
            const { z, vjp } = layer.forward(numbers(1, 11 * 2 * 9, 0), { ...options, blocks: 2 });
            return vjp(numbers(seed + 3, z.length, 0).map((value, i) => 5 * z[i]! + value));
          });
          return { gradients, state: layer.state as unknown as { curvature: CurvatureState } };
        };
        const wanted = run();
        expect(curvatureCorrection.estimate(wanted.state.curvature)).toBeGreaterThan(1);
        const { result } = await inKernels(run);
        expect(result.state).toEqual(wanted.state);
        result.gradients.forEach((gradient, i) => {
          expectSame(gradient, wanted.gradients[i]!);
        });
      }
    });

    test('an instance without a gradient is not moved', async () => {
      const build = () => imle(topK({ size: 6, k: 2, sense }), { lambda: 1, target: 'loss-direction' });
      const layer = (scope: 'instance') =>
        aimle(topK({ size: 6, k: 2, sense }), { scope, curvatureCorrection: false });
      const run = (make: () => Layer) => {
        const { z, vjp } = make().forward(numbers(3, 24, 0), { key: key(1), samples: 2 });
        return vjp(numbers(4, z.length, 0).map((value, i) => (i < 12 ? 0 : value)));
      };
      for (const make of [build, () => layer('instance')]) {
        const wanted = run(make);
        const { result, backward } = await inKernels(() => run(make));
        expectSame(result, wanted);
        expect(backward).toBe(1);
      }
    });
  });

  describe.each(senses)('spanning trees, %s', (sense) => {
    const trees = (vertices: number) => spanningTree({ vertices, sense });

    test('of any size', async () => {
      for (const vertices of [2, 3, 4, 5, 8, 9, 10, 13, 16, 17, 30, 64]) {
        const build = () => aimle(trees(vertices), { perturbation, draws: 2 });
        await expectSameBits(build, { batch: 3, samples: 2, seed: vertices });
      }
      const distribution = () => aimle(distributions.spanningTree({ vertices: 6, sense }), { perturbation });
      await expectSameBits(distribution, { batch: 5, samples: 2 });
    });

    test('with ties and masks', async () => {
      for (const vertices of [4, 7, 10]) {
        for (const difference of ['central', 'forward'] as const) {
          const tied = () =>
            aimle(trees(vertices), { noise: noNoise(), perturbation: fixedLambda(1), difference });
          await expectSameBits(tied, { batch: 30, grid: 1 });
          const masked = () => aimle(trees(vertices), { perturbation, difference });
          for (const share of [0.3, 0.9]) await expectSameBits(masked, { batch: 30, masked: share });
        }
      }
    });
  });

  describe.each(senses)('chains, %s', (sense) => {
    const shapes = [
      [1, 1],
      [1, 5],
      [2, 1],
      [3, 2],
      [4, 3],
      [10, 4],
      [7, 9],
      [30, 12],
    ] as const;

    test('of any size', async () => {
      for (const [length, labels] of shapes) {
        const build = () => aimle(chain({ length, labels, sense }), { perturbation, draws: 2 });
        await expectSameBits(build, { batch: 5, samples: 2, seed: length });
      }
    });

    test('with ties and masks', async () => {
      for (const [length, labels] of shapes) {
        for (const difference of ['central', 'forward'] as const) {
          const tied = () =>
            aimle(chain({ length, labels, sense }), {
              noise: noNoise(),
              perturbation: fixedLambda(1),
              difference,
            });
          await expectSameBits(tied, { batch: 30, grid: 1 });
        }
      }
      const masked = () => aimle(chain({ length: 4, labels: 5, sense }), { perturbation });
      await expectSameBits(masked, { batch: 30, masked: 0.1 }, 'forward');
    });
  });

  test('calls that are open at the same time do not disturb each other', async () => {
    const run = () => {
      const layer = aimle(topK({ size: 20, k: 10 }), { perturbation });
      const passes = [1, 2, 3].map((seed) =>
        layer.forward(numbers(seed, 200, 0), { key: key(seed), samples: seed }),
      );
      return passes.reverse().map(({ z, vjp }) => vjp(numbers(9, z.length, 0)));
    };
    const wanted = run();
    const { result } = await inKernels(run);
    result.forEach((gradient, i) => {
      expectSame(gradient, wanted[i]!);
    });
  });
});
