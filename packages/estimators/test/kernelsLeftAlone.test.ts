import * as distributions from '@aimle/distributions';
import { kernels, useKernels } from '@aimle/kernels';
import { gumbel, key } from '@aimle/random';
import { type Solver, spanningTree, topK } from '@aimle/solvers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aimle, fixedLambda, type Layer } from '../src/index.js';
import { expectSame, inKernels, outcome } from './kernelCases.js';
import { recording } from './solversForTests.js';

const perturbation = fixedLambda(2);

// The engine of the suite has loaded them, unless AIMLE_KERNELS=off.
describe.skipIf(kernels() === null)('with kernels', () => {
  beforeAll(async () => {
    await useKernels(false);
  });
  afterAll(() => useKernels());

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
});
