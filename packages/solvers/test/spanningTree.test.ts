import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spanningTree } from '../src/index.js';
import { connectedGraph, multiples } from './randomGraphs.js';

function completeGraph(vertices: number): number[] {
  const edges: number[] = [];
  for (let i = 0; i < vertices; i++) for (let j = i + 1; j < vertices; j++) edges.push(i, j);
  return edges;
}

function kruskal(theta: Float32Array, vertices: number, edges: ArrayLike<number>): number[] {
  const root = Array.from({ length: vertices }, (_, v) => v);
  const find = (v: number): number => {
    if (root[v] !== v) root[v] = find(root[v]!);
    return root[v]!;
  };
  const z = Array<number>(theta.length).fill(0);
  const order = Array.from(theta.keys()).sort((a, b) => theta[b]! - theta[a]! || a - b);
  for (const edge of order) {
    const [i, j] = [find(edges[2 * edge]!), find(edges[2 * edge + 1]!)];
    if (i === j) continue;
    root[i] = j;
    z[edge] = 1;
  }
  return z;
}

describe('spanningTree', () => {
  it("finds Kruskal's tree, edge for edge, on graphs beyond enumeration", () => {
    const drawn = fc
      .tuple(fc.integer({ min: 2, max: 24 }), fc.constantFrom(1, 5, 1_000_000))
      .chain(([vertices, level]) => {
        const size = (vertices * (vertices - 1)) / 2;
        const weights = fc.array(fc.integer({ min: -level, max: level }), {
          minLength: size,
          maxLength: size,
        });
        return fc.tuple(fc.constant(vertices), weights);
      });
    fc.assert(
      fc.property(drawn, ([vertices, weights]) => {
        const theta = Float32Array.from(weights);
        const z = new Float32Array(theta.length);
        spanningTree({ vertices }).solve(theta, z, 1);
        expect(Array.from(z)).toEqual(kruskal(theta, vertices, completeGraph(vertices)));
      }),
      { numRuns: 200 },
    );
  });

  it('takes a masked edge only where nothing else joins the vertices', () => {
    const theta = Float32Array.of(-9, -Infinity, -Infinity, -Infinity, -Infinity, 3);
    const z = new Float32Array(6);
    spanningTree({ vertices: 4 }).solve(theta, z, 1);
    expect(Array.from(z)).toEqual([1, 1, 0, 0, 0, 1]);
  });

  it('names the edge whose weight is NaN by its vertices', () => {
    const theta = new Float32Array(10);
    theta[6] = NaN;
    expect(() => spanningTree({ vertices: 5 }).solve(theta, new Float32Array(10), 1)).toThrow(
      /^spanningTree: theta must hold numbers, got NaN in instance 0 at edge \(1, 4\);/,
    );
  });

  it('refuses a number of vertices that is 1, fractional, or more than memory is meant for', () => {
    expect(() => spanningTree({ vertices: 1 })).toThrow(
      'spanningTree: vertices must be an integer in [2, 10000], got 1',
    );
    expect(() => spanningTree({ vertices: 2.5 })).toThrow('got 2.5');
    expect(() => spanningTree({ vertices: 10_001 })).toThrow('in [2, 10000], got 10001');
  });

  it("finds Kruskal's tree on a user's edges: few or many, tied or spread, with negative zeros and masks", () => {
    const graphs: [number, number][] = [
      [2, 1],
      [50, 60],
      [300, 3000],
      [20_000, 60_000],
    ];
    for (const [vertices, count] of graphs) {
      const edges = connectedGraph(vertices, vertices, count);
      for (const levels of [2, 1000, 2 ** 30]) {
        const theta = multiples(levels, count, -levels, levels, 2 ** -20);
        theta.forEach((weight, edge) => {
          if (edge % 7 === 0) theta[edge] = -0;
          if (edge % 11 === 0) theta[edge] = weight > 0 ? Infinity : -Infinity;
        });
        const z = new Float32Array(count);
        spanningTree({ vertices, edges }).solve(theta, z, 1);
        const expected = kruskal(theta, vertices, edges);
        expect(z.findIndex((one, edge) => one !== expected[edge])).toBe(-1);
      }
    }
  });

  it("gives the same answer on the complete graph's edges as without edges", () => {
    const theta = multiples(5, 2 * 105, -4, 4, 1);
    for (const sense of ['maximise', 'minimise'] as const) {
      const [dense, sparse] = [new Float32Array(210), new Float32Array(210)];
      spanningTree({ vertices: 15, sense }).solve(theta, dense, 2);
      spanningTree({ vertices: 15, edges: completeGraph(15), sense }).solve(theta, sparse, 2);
      expect(sparse).toEqual(dense);
    }
  });

  it('joins a million edges without a table that grows faster than they do', () => {
    const [vertices, count] = [400_000, 1_000_000];
    const edges = connectedGraph(1, vertices, count);
    const z = new Float32Array(count);
    spanningTree({ vertices, edges }).solve(multiples(2, count, 0, 1000, 1), z, 1);
    expect(z.reduce((sum, one) => sum + one, 0)).toBe(vertices - 1);
  });

  it("names the user's edge whose weight is NaN", () => {
    const theta = Float32Array.of(1, 2, NaN);
    expect(() =>
      spanningTree({ vertices: 3, edges: [0, 1, 1, 2, 2, 0] }).solve(theta, new Float32Array(3), 1),
    ).toThrow(/^spanningTree: theta must hold numbers, got NaN in instance 0 at edge 2 \(2, 0\);/);
  });

  it('refuses edges that are not pairs or not vertices, loops, an empty list, and a graph that is not connected', () => {
    const build = (vertices: number, edges: unknown) => () =>
      spanningTree({ vertices, edges: edges as number[] });
    expect(build(3, [0, 1, 2])).toThrow(
      /^spanningTree: edges must hold two vertices per edge.*got 3 numbers.*\.flat\(\)/,
    );
    expect(build(3, [])).toThrow('got 0 numbers');
    expect(build(3, null)).toThrow('got null');
    expect(
      build(3, [
        [0, 1],
        [1, 2],
      ]),
    ).toThrow(
      'spanningTree: edges must hold vertices, integers in [0, 2], got 0,1 in edge 0; flatten pairs with .flat()',
    );
    expect(build(3, [0, 1, 1, 3])).toThrow('got 3 in edge 1');
    expect(build(3, [0, 1, -1, 2])).toThrow('got -1 in edge 1');
    expect(build(3, [0, 1, 1, 1.5])).toThrow('got 1.5 in edge 1');
    expect(build(3, [0, 1, 2, 2])).toThrow(
      'spanningTree: edges must join two different vertices, got a loop: edge 1 is (2, 2)',
    );
    expect(build(4, [0, 1, 1, 0, 2, 3])).toThrow(
      'spanningTree: edges must join all 4 vertices, got a graph of at least 2 parts; add edges, or solve each part',
    );
    expect(build(10_000_000, [0, 1])).toThrow('at least 9999999 parts');
    expect(build(10_000_001, [0, 1])).toThrow('vertices must be an integer in [2, 10000000]');
  });
});
