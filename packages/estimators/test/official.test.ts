import { foldIn, gumbel, key, type Noise } from '@aimle/random';
import { spanningTree, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import {
  aimle,
  fixedLambda,
  imle,
  type Layer,
  type OfficialCode,
  officialCode,
  type Temperature,
} from '../src/index.js';

/** The tests of the official library, restated: its k-subset cases here, with 4,096 random problems in all. */
const cases = 4096;
const perShape = 64;

/** Sorting, without a solver: the k largest, the lower index first. */
function largest(scores: readonly number[], k: number): number[] {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const z = scores.map(() => 0);
  for (const i of order.slice(0, k)) z[i] = 1;
  return z;
}

/** Whole draws of the noise, so that the formula can be told by hand; thousandths, so that no two ways round apart. */
function coarse(seed: number, length: number): Float32Array {
  const draws = new Float32Array(length);
  gumbel().fill(foldIn(key(seed), 'case'), draws);
  return draws.map((x) => Math.round(x * 64) / 64);
}

/** One problem of each of 64 shapes. */
function* problems(): Iterable<{ n: number; k: number; samples: number; seed: number }> {
  for (let shape = 0; shape < cases / perShape; shape++) {
    const n = 2 + (shape % 16);
    const k = 1 + ((shape * 7) % n);
    yield { n, k, samples: 1 + (shape % 3), seed: shape };
  }
}

describe('over 4,096 random k-subset problems', () => {
  test('AIMLE with a forward difference and a fixed lambda is IMLE, and both are the formula', () => {
    let compared = 0;
    let changed = 0;
    for (const { n, k, samples, seed } of problems()) {
      const theta = coarse(seed, perShape * n);
      const epsilon = coarse(1000 + seed, perShape * samples * n);
      const g = coarse(2000 + seed, perShape * samples * n);
      const lambda = 2 ** ((seed % 5) - 2);
      const noise: Noise = { name: 'given', mean: 0, std: 1, fill: (_key, out) => out.set(epsilon) };
      const solver = topK({ size: n, k });
      const gradientOf = (layer: Layer): number[] => [
        ...tf
          .grad((x: tf.Tensor) =>
            layer
              .sample(x, { key: key(0), samples })
              .mul(tf.tensor3d(g, [perShape, samples, n]))
              .mean(1)
              .sum(),
          )(tf.tensor2d(theta, [perShape, n]))
          .dataSync(),
      ];
      const ours = gradientOf(
        aimle(solver, { noise, difference: 'forward', perturbation: fixedLambda(lambda) }),
      );
      expect(gradientOf(imle(solver, { noise, lambda }))).toEqual(ours);
      for (let b = 0; b < perShape; b++) {
        const expected = new Float64Array(n);
        for (let s = 0; s < samples; s++) {
          const at = (b * samples + s) * n;
          const scores = Array.from({ length: n }, (_, i) => theta[b * n + i]! + epsilon[at + i]!);
          const left = largest(scores, k);
          const right = largest(
            scores.map((x, i) => x - lambda * g[at + i]!),
            k,
          );
          for (let i = 0; i < n; i++) expected[i]! += (left[i]! - right[i]!) / (lambda * samples);
        }
        for (let i = 0; i < n; i++) {
          expect(ours[b * n + i]).toBeCloseTo(expected[i]!, 5);
          if (expected[i] !== 0) changed++;
        }
        compared++;
      }
    }
    expect(compared).toBe(cases);
    expect(changed).toBeGreaterThan(cases);
  });

  test('the official code changes nothing where the temperatures are equal', () => {
    for (const temperature of [0, 1, 2.5] satisfies Temperature[]) {
      const layer = (ways: OfficialCode) =>
        aimle(topK({ size: 12, k: 4 }), {
          difference: 'forward',
          perturbation: fixedLambda(3),
          temperature,
          officialCode: ways,
        });
      const slope = (of: Layer) =>
        tf.grad((x: tf.Tensor) =>
          of
            .sample(x, { key: key(2) })
            .mul(tf.linspace(-1, 2, 12))
            .sum(),
        )(tf.randomNormal([64, 12], 0, 1, 'float32', 7));
      expect([...slope(layer(officialCode)).dataSync()]).toEqual([...slope(layer({})).dataSync()]);
    }
  });
});

describe('Kruskal on five vertices', () => {
  /** The complete graph's edges, row by row. */
  const edges = [0, 1, 2, 3].flatMap((i) => [1, 2, 3, 4].filter((j) => j > i).map((j) => [i, j] as const));

  /** The best of all 125 trees: ten edges, four of them, no cycle. */
  function best(weights: Float32Array): number {
    let found = -Infinity;
    for (let set = 0; set < 1 << edges.length; set++) {
      const chosen = edges.filter((_, e) => (set >> e) & 1);
      if (chosen.length !== 4) continue;
      const part = [0, 1, 2, 3, 4];
      for (const [i, j] of chosen) {
        const [from, to] = [part[j]!, part[i]!];
        for (let v = 0; v < 5; v++) if (part[v] === from) part[v] = to;
      }
      if (new Set(part).size > 1) continue;
      found = Math.max(
        found,
        edges.reduce((sum, _, e) => sum + ((set >> e) & 1) * weights[e]!, 0),
      );
    }
    return found;
  }

  test('finds the heaviest of all trees, for 200 random weights', () => {
    expect(edges).toHaveLength(10);
    const solver = spanningTree({ vertices: 5 });
    const z = new Float32Array(10);
    for (let seed = 0; seed < 200; seed++) {
      const weights = coarse(seed, 10);
      solver.solve(weights, z, 1);
      const ours = z.reduce((sum, one, e) => sum + one * weights[e]!, 0);
      expect(z.reduce((sum, one) => sum + one, 0)).toBe(4);
      expect(ours).toBeCloseTo(best(weights), 4);
    }
  });
});
