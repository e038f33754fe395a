import * as distributions from '@aimle/distributions';
import { kernels, useKernels } from '@aimle/kernels';
import { fillNormal, fillUniform, foldIn, gumbel, key, noNoise, sumOfGamma } from '@aimle/random';
import { atMostK, bernoulli, betweenK, categorical, type Solver, spanningTree, topK } from '@aimle/solvers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type AimleOptions,
  aimle,
  blackBox,
  type CurvatureState,
  curvatureCorrection,
  fixedLambda,
  imle,
  type Layer,
  paperAdaptive,
} from '../src/index.js';
import { recording } from './solversForTests.js';

/** What a call gives, in both passes. */
interface Outcome {
  readonly z: Float32Array;
  readonly gradients: Float32Array[];
  readonly steps: unknown[];
  readonly state: unknown;
}

interface Problem {
  readonly batch: number;
  readonly blocks?: number;
  readonly samples?: number;
  /** Numbers are multiples of this; 0 for any. Few distinct values make ties. */
  readonly grid?: number;
  /** The share of theta that is forbidden. */
  readonly masked?: number;
  readonly seed?: number;
}

function numbers(seed: number, length: number, grid: number): Float32Array {
  const values = new Float32Array(length);
  fillNormal(key(seed), values);
  return grid === 0 ? values : values.map((value) => grid * Math.round(value / grid));
}

/** Two steps of a layer that is built anew. */
function outcome(build: () => Layer, problem: Problem): Outcome {
  const { batch, blocks, samples, grid = 0, masked = 0, seed = 1 } = problem;
  const layer = build();
  const { size, sense } = layer.solver;
  const theta = numbers(seed, batch * (blocks ?? 1) * size, grid);
  const chance = new Float32Array(theta.length);
  fillUniform(key(seed + 1), chance);
  for (let i = 0; i < theta.length; i++) {
    if (chance[i]! < masked) theta[i] = sense === 'maximise' ? -Infinity : Infinity;
  }
  const gradients: Float32Array[] = [];
  const steps: unknown[] = [];
  let states: Float32Array = new Float32Array(0);
  for (const step of [0, 1]) {
    const options = { key: foldIn(key(seed), step), ...(samples && { samples }), ...(blocks && { blocks }) };
    const { z, vjp } = layer.forward(theta, options);
    states = z;
    gradients.push(vjp(numbers(seed + 2 + step, z.length, grid)));
    steps.push(layer.lastStep);
  }
  return { z: states, gradients, steps, state: layer.state };
}

function expectSame(found: Float32Array, wanted: Float32Array): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    if (!Object.is(found[i], wanted[i])) throw new Error(`element ${i} is ${found[i]}, not ${wanted[i]}`);
  }
}

/** Runs with kernels, and counts how many passes they made. */
async function inKernels<T>(work: () => T): Promise<{ result: T; forward: number; backward: number }> {
  await useKernels();
  const forward = vi.spyOn(kernels()!, 'sampleStates');
  const backward = vi.spyOn(kernels()!, 'averageDifferences');
  try {
    const result = work();
    return { result, forward: forward.mock.calls.length, backward: backward.mock.calls.length };
  } finally {
    vi.restoreAllMocks();
    await useKernels(false);
  }
}

/** Expects the same bits of both implementations, and that kernels made both passes. */
async function expectSameBits(build: () => Layer, problem: Problem): Promise<void> {
  const wanted = outcome(build, problem);
  const { result: found, forward, backward } = await inKernels(() => outcome(build, problem));
  expectSame(found.z, wanted.z);
  found.gradients.forEach((gradient, i) => {
    expectSame(gradient, wanted.gradients[i]!);
  });
  expect(found.steps).toEqual(wanted.steps);
  expect(found.state).toEqual(wanted.state);
  expect(forward).toBeGreaterThanOrEqual(2);
  expect(backward).toBeGreaterThanOrEqual(2);
}

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

  describe('kernels are left alone', () => {
    const problem = { batch: 4, samples: 2 };
    const used = async (build: () => Layer) => {
      const wanted = outcome(build, problem);
      const { result, forward, backward } = await inKernels(() => outcome(build, problem));
      expectSame(result.z, wanted.z);
      return { forward, backward };
    };
    const none = { forward: 0, backward: 0 };

    test('where a solver has another solve than its description says', async () => {
      const solver = topK({ size: 6, k: 2 });
      expect(await used(() => aimle(recording(solver)))).toEqual(none);
      expect(
        await used(() => aimle(Object.assign(topK({ size: 6, k: 2 }), { solve: solver.solve }))),
      ).toEqual(none);
      expect(
        await used(() => aimle(Object.create(solver, { solve: { value: () => {} } }) as Solver)),
      ).toEqual(none);
    });

    test('where a solve is replaced after the layer was built', async () => {
      const solver = topK({ size: 6, k: 2 });
      const layer = aimle(solver);
      const solve = vi.fn(solver.solve);
      Object.assign(solver, { solve });
      const { forward } = await inKernels(() => layer.forward(new Float32Array(6), { key: key(1) }));
      expect(forward).toBe(0);
      expect(solve).toHaveBeenCalledOnce();
    });

    test('for a graph that lists its edges, and for a large one', async () => {
      const edges = [0, 1, 1, 2, 2, 3, 3, 0];
      expect(await used(() => aimle(spanningTree({ vertices: 4, edges })))).toEqual(none);
      expect(await used(() => aimle(spanningTree({ vertices: 65 })))).toEqual(none);
    });

    test('where noise is not from a table', async () => {
      expect(await used(() => aimle(topK({ size: 6, k: 2 }), { noise: { ...gumbel() } }))).toEqual(none);
      expect(await used(() => aimle(topK({ size: 6, k: 2 }), { antithetic: true }))).toEqual(none);
    });
  });

  describe('an infinity or NaN', () => {
    const solver = { plain: topK({ size: 4, k: 2 }), distribution: distributions.topK({ size: 4, k: 2 }) };
    const theta = Float32Array.of(0, 1, 2, 3, 1, Number.NEGATIVE_INFINITY, 0, 2);
    const attempt = (make: () => Layer, values: Float32Array, length: number) => {
      try {
        const layer = make();
        const { z, vjp } = layer.forward(values, { key: key(1) });
        const gradient = vjp(Float32Array.of(1, -1, 1, -1, 2, 1, -length, length));
        return { z, gradient, step: layer.lastStep };
      } catch (error) {
        return (error as Error).message;
      }
    };
    const cases: [string, () => Layer, Float32Array, number, RegExp | null][] = [
      ['a mask of a distribution', () => aimle(solver.distribution, { perturbation }), theta, 1, null],
      [
        'too many masks of a distribution',
        () => aimle(solver.distribution, { perturbation }),
        theta
          .map((value, i) => (i < 6 && i > 3 ? Number.NEGATIVE_INFINITY : value))
          .fill(Number.NEGATIVE_INFINITY, 6, 7),
        1,
        /topK: instance 1/,
      ],
      [
        'a step that overflows',
        () => aimle(solver.distribution, { perturbation: fixedLambda(1e30) }),
        theta.map((value) => Math.max(value, 0)),
        1e20,
        /topK: theta must be .* in instance 1/,
      ],
      [
        'a step that overflows, where it may',
        () => aimle(solver.plain, { perturbation: fixedLambda(1e30) }),
        theta,
        1e20,
        null,
      ],
      [
        'a step that meets its opposite',
        () => aimle(solver.plain, { perturbation: fixedLambda(1e300), difference: 'forward' }),
        theta.map((value, i) => (i === 6 ? Number.NEGATIVE_INFINITY : value)),
        1e38,
        /topK: theta must hold numbers, got NaN in instance 1 at element 2/,
      ],
    ];

    test.each(cases)(
      '%s gives what it gives without kernels',
      async (_name, make, values, length, message) => {
        const wanted = attempt(make, values, length);
        if (message === null) expect(typeof wanted).toBe('object');
        else expect(wanted).toMatch(message);
        const { result } = await inKernels(() => attempt(make, values, length));
        expect(result).toEqual(wanted);
      },
    );
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
