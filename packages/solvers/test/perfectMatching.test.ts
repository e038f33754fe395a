import { fillGumbel, fillUniform, key } from '@aimle/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perfectMatching, type Sense } from '../src/index.js';
import { WeightedMatching } from '../src/matching/weightedMatching.js';

/** The maximum weight of a perfect matching of the vertices in a set, by dynamic programming over all sets. */
function byDynamicProgramming(weight: (i: number, j: number) => number, vertices: number): number {
  const best = new Float64Array(2 ** vertices).fill(-Infinity);
  best[0] = 0;
  for (let set = 1; set < best.length; set++) {
    const i = 31 - Math.clz32(set);
    for (let j = 0; j < i; j++) {
      if ((set & (1 << j)) === 0) continue;
      best[set] = Math.max(best[set]!, weight(i, j) + best[set ^ (1 << i) ^ (1 << j)]!);
    }
  }
  return best.at(-1)!;
}

function edgeAt(vertices: number, i: number, j: number): number {
  const [low, high] = [Math.min(i, j), Math.max(i, j)];
  return (low * (2 * vertices - low - 1)) / 2 + high - low - 1;
}

function solveOne(theta: Float32Array, vertices: number, sense: Sense = 'maximise'): Float32Array {
  const z = new Float32Array(theta.length);
  perfectMatching({ vertices, sense }).solve(theta, z, 1);
  return z;
}

function total(theta: Float32Array, z: Float32Array): number {
  return theta.reduce((sum, score, edge) => sum + (z[edge] === 1 ? score : 0), 0);
}

function expectPerfect(z: Float32Array, vertices: number): void {
  for (let i = 0; i < vertices; i++) {
    let partners = 0;
    for (let j = 0; j < vertices; j++) if (j !== i) partners += z[edgeAt(vertices, i, j)]!;
    expect(partners).toBe(1);
  }
}

/** Weak duality: feasible prices bound every matching from above, and so prove one best that reaches their sum. */
function expectProof(matching: WeightedMatching, tolerance: number): void {
  const { blossoms, price, weight } = matching;
  const { vertices, inside, mate } = blossoms;
  const around = (v: number): number[] => {
    const nodes: number[] = [];
    for (let node = inside[v]!; node >= 0; node = inside[node]!) nodes.push(node);
    return nodes;
  };
  const members = new Map<number, number>();
  for (let v = 0; v < vertices; v++) for (const b of around(v)) members.set(b, (members.get(b) ?? 0) + 1);
  let bound = 0;
  let reached = 0;
  let leastSlack = Infinity;
  for (let i = 0; i < vertices; i++) {
    bound += price[i]!;
    reached += weight[i * vertices + mate[i]!]! / 2;
    expect(mate[mate[i]!]).toBe(i);
    const aroundI = new Set(around(i));
    for (let j = 0; j < i; j++) {
      const common = around(j).filter((b) => aroundI.has(b));
      const cover = common.reduce((sum, b) => sum + price[b]!, price[i]! + price[j]!);
      leastSlack = Math.min(leastSlack, cover - weight[i * vertices + j]!);
    }
  }
  expect(leastSlack).toBeGreaterThanOrEqual(-tolerance);
  for (const [b, count] of members) {
    expect(count % 2).toBe(1);
    expect(price[b]!).toBeGreaterThanOrEqual(-tolerance);
    bound += (price[b]! * (count - 1)) / 2;
  }
  expect(Math.abs(bound - reached)).toBeLessThanOrEqual(vertices * tolerance);
}

const weights: Record<string, fc.Arbitrary<number>> = {
  'a few integers': fc.integer({ min: -2, max: 2 }),
  'numbers of either sign': fc.double({ min: -1, max: 1, noNaN: true }),
  'numbers an ulp apart': fc.integer({ min: 0, max: 3 }).map((ulps) => 1 + ulps * 2 ** -23),
  'spreads from 1e-6 to 1e4': fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(1e-6, 1e-3, 1, 1e4))
    .map(([x, spread]) => x * spread),
  'numbers of which many are forbidden': fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(-Infinity)),
};

describe('perfectMatching', () => {
  for (const [kind, weight] of Object.entries(weights)) {
    it(`finds the weight that dynamic programming finds, up to 14 vertices, for ${kind}`, () => {
      const drawn = fc
        .oneof(fc.constantFrom(4, 6, 8, 10), fc.constantFrom(8, 10, 12, 14))
        .chain((vertices) => {
          const length = (vertices * (vertices - 1)) / 2;
          return fc.tuple(fc.constant(vertices), fc.array(weight, { minLength: length, maxLength: length }));
        });
      fc.assert(
        fc.property(drawn, ([vertices, scores]) => {
          const theta = Float32Array.from(scores);
          const best = byDynamicProgramming((i, j) => theta[edgeAt(vertices, i, j)]!, vertices);
          if (best === -Infinity) {
            expect(() => solveOne(theta, vertices)).toThrow(/^perfectMatching: instance 0 has no solution/);
            return;
          }
          const z = solveOne(theta, vertices);
          expectPerfect(z, vertices);
          expect(Math.abs(total(theta, z) - best)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(best)));
          const cheapest = solveOne(
            theta.map((score) => -score),
            vertices,
            'minimise',
          );
          expect(cheapest).toEqual(z);
        }),
        { numRuns: 150 },
      );
    });
  }

  it('proves its answers by prices, on geometric, random, tied and sparse graphs of up to 120 vertices', () => {
    const draws: Record<string, (noise: (edge: number) => number, i: number, j: number) => number> = {
      random: (noise, i, j) => noise(i * 120 + j),
      tied: (noise, i, j) => Math.floor(4 * noise(i * 120 + j)),
      geometric: (noise, i, j) =>
        -Math.hypot(noise(2 * i) - noise(2 * j), noise(2 * i + 1) - noise(2 * j + 1)),
      sparse: (noise, i, j) =>
        i - j === 1 || noise(i * 120 + j) < 0.03 ? 100 * noise(7000 + i * 60 + j) : -Infinity,
      wide: (noise, i, j) => 1e4 * noise(i * 120 + j) ** 8,
    };
    for (const [at, draw] of Object.values(draws).entries()) {
      for (const [repeat, vertices] of [20, 34, 60, 120, 120].entries()) {
        const noise = new Float32Array(120 * 120);
        fillUniform(key(100 * at + repeat), noise);
        const matching = new WeightedMatching(vertices);
        matching.weight.fill(-Infinity);
        for (let i = 0; i < vertices; i++) {
          for (let j = 0; j < i; j++) {
            const weight = draw((edge) => noise[edge]!, i, j);
            matching.weight[i * vertices + j] = weight;
            matching.weight[j * vertices + i] = weight;
          }
        }
        expect(matching.match()).toBe(-1);
        expectProof(matching, 1e-9);
      }
    }
  });

  it('gives the same answer after other instances and in any batch', () => {
    const vertices = 24;
    const solver = perfectMatching({ vertices });
    const theta = new Float32Array(30 * solver.size);
    fillGumbel(key(5), theta);
    const z = new Float32Array(theta.length);
    solver.solve(theta, z, 30);
    for (let row = 0; row < 30; row++) {
      const each = theta.slice(row * solver.size, (row + 1) * solver.size);
      expect(solveOne(each, vertices)).toEqual(z.slice(row * solver.size, (row + 1) * solver.size));
    }
  });

  it('marks the best of parallel edges, and the first of those that tie', () => {
    const solver = perfectMatching({ vertices: 2, edges: [0, 1, 1, 0, 0, 1] });
    const z = new Float32Array(6);
    solver.solve(Float32Array.of(1, 3, 3, -Infinity, -Infinity, -7), z, 2);
    expect(Array.from(z)).toEqual([0, 1, 0, 0, 0, 1]);
  });

  it('names a vertex without a partner where there is no perfect matching', () => {
    const star = perfectMatching({ vertices: 4, edges: [0, 1, 0, 2, 0, 3] });
    expect(() => star.solve(new Float32Array(3), new Float32Array(3), 1)).toThrow(
      /^perfectMatching: instance 0 has no solution: .*vertex 2.*; add edges, or forbid fewer/,
    );
    const apart = perfectMatching({ vertices: 6, edges: [0, 1, 1, 2, 2, 0, 3, 4, 4, 5, 5, 3] });
    expect(() => apart.solve(new Float32Array(6), new Float32Array(6), 1)).toThrow(/has no solution/);
  });

  it('names the edge that is NaN, or infinite where that is not a mask', () => {
    const theta = new Float32Array(6);
    theta[4] = NaN;
    expect(() => solveOne(theta, 4)).toThrow(/got NaN in instance 0 at edge 4 \(1, 3\);/);
    theta[4] = Infinity;
    expect(() => solveOne(theta, 4)).toThrow(/got Infinity in instance 0 at edge 4 \(1, 3\)$/);
  });

  it('refuses an odd number of vertices, one that is out of range, and invalid edges', () => {
    expect(() => perfectMatching({ vertices: 5 })).toThrow(/^perfectMatching: vertices must be even.*got 5/);
    expect(() => perfectMatching({ vertices: 5002 })).toThrow('in [2, 5000], got 5002');
    expect(() => perfectMatching({ vertices: 4, edges: [0, 4] })).toThrow(
      /^perfectMatching: edges must hold/,
    );
  });
});
