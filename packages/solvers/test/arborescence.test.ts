import { describe, expect, it } from 'vitest';
import { arborescence } from '../src/index.js';
import { integers, multiples } from './randomGraphs.js';

/** The value of the best arborescence by recursive contraction, weights[parent][child]; -Infinity where there is none. */
function chuLiuEdmonds(weights: readonly (readonly number[])[], root: number): number {
  const vertices = weights.map((_, v) => v);
  const parent = vertices.map((child) =>
    vertices.reduce(
      (best, v) => (v !== child && weights[v]![child]! > (weights[best]?.[child] ?? -Infinity) ? v : best),
      -1,
    ),
  );
  const others = vertices.filter((v) => v !== root);
  if (others.some((v) => parent[v] === -1)) return -Infinity;
  const cycle = others.map((v) => cycleThrough(parent, root, v)).find((found) => found !== undefined);
  if (cycle === undefined) return others.reduce((sum, v) => sum + weights[parent[v]!]![v]!, 0);

  const kept = vertices.filter((v) => !cycle.includes(v));
  const own = (v: number): number => weights[parent[v]!]![v]!;
  const max = (numbers: readonly number[]): number => Math.max(-Infinity, ...numbers);
  // The cycle becomes the last vertex.
  const contracted = kept.map((u) => [
    ...kept.map((v) => (u === v ? -Infinity : weights[u]![v]!)),
    max(cycle.map((v) => weights[u]![v]! - own(v))),
  ]);
  contracted.push([...kept.map((v) => max(cycle.map((u) => weights[u]![v]!))), -Infinity]);
  return chuLiuEdmonds(contracted, kept.indexOf(root)) + cycle.reduce((sum, v) => sum + own(v), 0);
}

function cycleThrough(parent: readonly number[], root: number, start: number): number[] | undefined {
  const cycle = [start];
  for (let v = parent[start]!; v !== start; v = parent[v]!) {
    if (v === root || cycle.includes(v)) return undefined;
    cycle.push(v);
  }
  return cycle;
}

function matrix(theta: Float32Array, vertices: number, sign: number): number[][] {
  let at = 0;
  return Array.from({ length: vertices }, (_, i) =>
    Array.from({ length: vertices }, (_, j) => (i === j ? -Infinity : sign * theta[at++]!)),
  );
}

/** The tree's value, after checking that it is one: each vertex has one parent and descends from the root. */
function worthOfTree(z: Float32Array, weights: readonly (readonly number[])[], root?: number): number {
  const vertices = weights.length;
  const parent = Array<number>(vertices).fill(-1);
  let worth = 0;
  let at = 0;
  for (let i = 0; i < vertices; i++) {
    for (let j = 0; j < vertices; j++) {
      if (i === j || z[at++] === 0) continue;
      expect(parent[j]).toBe(-1);
      parent[j] = i;
      worth += weights[i]![j]!;
    }
  }
  const roots = parent.flatMap((p, v) => (p === -1 ? [v] : []));
  expect(roots).toHaveLength(1);
  if (root !== undefined) expect(roots).toEqual([root]);
  for (let v = 0; v < vertices; v++) {
    let ancestor = v;
    for (let i = 0; i < vertices && ancestor !== roots[0]; i++) ancestor = parent[ancestor]!;
    expect(ancestor).toBe(roots[0]);
  }
  return worth;
}

describe('arborescence', () => {
  it('finds the value that a recursive contraction finds, rooted and free, tied, spread and masked, on up to 60 vertices', () => {
    for (const vertices of [6, 7, 13, 30, 60]) {
      for (const levels of [2, 6, 100_000]) {
        for (const masks of [0, 0.3]) {
          const size = vertices * (vertices - 1);
          const theta = multiples(vertices + levels, size, -levels, levels, 2 ** -6);
          const hidden = integers(levels, size, 0, 100);
          theta.forEach((_, i) => {
            if (hidden[i]! < 100 * masks) theta[i] = -Infinity;
          });
          const weights = matrix(theta, vertices, 1);
          const z = new Float32Array(size);
          const byRoot = weights.map((_, root) => chuLiuEdmonds(weights, root));
          const cases = [
            [{ vertices, root: 0 }, byRoot[0]],
            [{ vertices, root: vertices - 1 }, byRoot[vertices - 1]],
            [{ vertices }, Math.max(...byRoot)],
          ] as const;
          for (const [options, best] of cases) {
            const solve = (): void => arborescence(options).solve(theta, z, 1);
            if (best === -Infinity) expect(solve).toThrow('instance 0 has no solution');
            else {
              solve();
              expect(worthOfTree(z, weights, 'root' in options ? options.root : undefined)).toBe(best);
            }
          }
        }
      }
    }
  });

  it('expands nested cycles, each better than the edges into it', () => {
    // Pairs that prefer each other, pairs of pairs that do so less, and so on: log2(vertices) levels of contraction.
    const vertices = 64;
    const closeness = (i: number, j: number): number => 40 - 2 * (32 - Math.clz32(i ^ j)) + ((i * j) % 3) / 4;
    const theta = new Float32Array(vertices * (vertices - 1));
    let at = 0;
    for (let i = 0; i < vertices; i++) {
      for (let j = 0; j < vertices; j++) if (i !== j) theta[at++] = closeness(i, j);
    }
    const weights = matrix(theta, vertices, 1);
    const z = new Float32Array(theta.length);
    arborescence({ vertices, root: 17 }).solve(theta, z, 1);
    expect(worthOfTree(z, weights, 17)).toBe(chuLiuEdmonds(weights, 17));
  });

  it('minimises as well, and takes the root that is best', () => {
    const theta = Float32Array.of(9, 9, 1, 2, 9, 9); // only 1 -> 0 and 1 -> 2 are cheap
    const z = new Float32Array(6);
    arborescence({ vertices: 3, sense: 'minimise' }).solve(theta, z, 1);
    expect(Array.from(z)).toEqual([0, 0, 1, 1, 0, 0]);
  });

  it('names the root from which masks leave no tree', () => {
    const theta = Float32Array.of(-Infinity, 1, 2, 3, -Infinity, 1); // 0 -> 1 and 2 -> 0 are masked
    const z = new Float32Array(6);
    theta[5] = -Infinity; // and so 1 has no parent
    expect(() => arborescence({ vertices: 3, root: 0 }).solve(theta, z, 1)).toThrow(
      /^arborescence: instance 0 has no solution: .*from vertex 0/,
    );
    arborescence({ vertices: 3 }).solve(theta, z, 1);
    expect(Array.from(z)).toEqual([0, 0, 1, 1, 0, 0]);
    theta.fill(-Infinity);
    expect(() => arborescence({ vertices: 3 }).solve(theta, z, 1)).toThrow('from any one vertex');
  });

  it('names the edge of a NaN, and refuses options out of range', () => {
    const theta = new Float32Array(6);
    theta[4] = NaN;
    expect(() => arborescence({ vertices: 3 }).solve(theta, new Float32Array(6), 1)).toThrow(
      'got NaN in instance 0 at edge 2 -> 0;',
    );
    expect(() => arborescence({ vertices: 1 })).toThrow('vertices must be an integer in [2, 5000], got 1');
    expect(() => arborescence({ vertices: 3, root: 3 })).toThrow('root must be an integer in [0, 2], got 3');
  });
});
