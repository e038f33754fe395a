import { describe, expect, it } from 'vitest';
import { minCut } from '../src/index.js';
import { connectedGraph, multiples } from './randomGraphs.js';

/** Residual capacities after Edmonds and Karp's algorithm on a full matrix, and the value of the flow. */
function edmondsKarp(
  capacity: number[][],
  source: number,
  sink: number,
): { value: number; reached: boolean[] } {
  let value = 0;
  for (;;) {
    const before = Array<number>(capacity.length).fill(-1);
    before[source] = source;
    const queue = [source];
    for (const v of queue) {
      capacity[v]!.forEach((left, other) => {
        if (left > 0 && before[other] === -1) {
          before[other] = v;
          queue.push(other);
        }
      });
    }
    if (before[sink] === -1) return { value, reached: before.map((v) => v !== -1) };
    let amount = Infinity;
    for (let v = sink; v !== source; v = before[v]!) amount = Math.min(amount, capacity[before[v]!]![v]!);
    for (let v = sink; v !== source; v = before[v]!) {
      capacity[before[v]!]![v]! -= amount;
      capacity[v]![before[v]!]! += amount;
    }
    value += amount;
  }
}

/** The edges cut and the minimum value, by the smallest source side. */
function textbookCut(
  vertices: number,
  edges: ArrayLike<number>,
  directed: boolean,
  source: number,
  sink: number,
  theta: Float32Array,
): { value: number; z: number[] } {
  const capacity = Array.from({ length: vertices }, () => Array<number>(vertices).fill(0));
  theta.forEach((one, e) => {
    capacity[edges[2 * e]!]![edges[2 * e + 1]!]! += one;
    if (!directed) capacity[edges[2 * e + 1]!]![edges[2 * e]!]! += one;
  });
  const { value, reached } = edmondsKarp(capacity, source, sink);
  const z = Array.from(theta, (_, e) => {
    const [tail, head] = [reached[edges[2 * e]!]!, reached[edges[2 * e + 1]!]!];
    return (directed ? tail && !head : tail !== head) ? 1 : 0;
  });
  return { value, z };
}

const dot = (theta: Float32Array, z: Float32Array): number =>
  z.reduce((sum, one, i) => sum + one * theta[i]!, 0);

/** Pixels in a grid, each joined to its neighbours both ways, to the source and to the sink. */
function picture(side: number): { vertices: number; edges: number[]; source: number; sink: number } {
  const [source, sink] = [side * side, side * side + 1];
  const edges: number[] = [];
  for (let r = 0; r < side; r++) {
    for (let c = 0; c < side; c++) {
      const pixel = r * side + c;
      edges.push(source, pixel, pixel, sink);
      if (c + 1 < side) edges.push(pixel, pixel + 1, pixel + 1, pixel);
      if (r + 1 < side) edges.push(pixel, pixel + side, pixel + side, pixel);
    }
  }
  return { vertices: sink + 1, edges, source, sink };
}

describe('minCut', () => {
  it('has the value of the maximum flow, and the smallest source side, at sizes beyond enumeration', () => {
    for (const [vertices, count] of [
      [12, 30],
      [40, 300],
      [100, 400],
    ] as const) {
      const edges = connectedGraph(count, vertices, count);
      for (const levels of [2, 4, 1_000_000]) {
        for (const directed of [true, false]) {
          for (const [source, sink] of [
            [vertices - 1, 0],
            [1, vertices - 2],
          ] as const) {
            const theta = multiples(levels, count, 0, levels, 2 ** -5);
            const z = new Float32Array(count);
            minCut({ vertices, edges, directed, source, sink }).solve(theta, z, 1);
            const expected = textbookCut(vertices, edges, directed, source, sink, theta);
            expect(dot(theta, z)).toBe(expected.value);
            expect(Array.from(z)).toEqual(expected.z);
          }
        }
      }
    }
  });

  it('segments a picture as the textbook does', () => {
    const { edges, ...rest } = picture(12);
    for (const levels of [3, 100_000]) {
      const theta = multiples(levels, edges.length / 2, 0, levels, 0.25);
      const z = new Float32Array(theta.length);
      minCut({ edges, ...rest }).solve(theta, z, 1);
      const expected = textbookCut(rest.vertices, edges, true, rest.source, rest.sink, theta);
      expect(Array.from(z)).toEqual(expected.z);
    }
  });

  it('ends for capacities whose sums are not exact, with a cut no more expensive than that of any single vertex', () => {
    const { edges, ...rest } = picture(40);
    const theta = multiples(9, edges.length / 2, 1, 2 ** 31 - 1, 1).map(
      (x, i) => (x / 3) * 10 ** ((i % 13) - 9),
    );
    const z = new Float32Array(theta.length);
    minCut({ edges, ...rest }).solve(theta, z, 1);
    const cut = (vertex: number): number =>
      theta.reduce((sum, one, e) => sum + (edges[2 * e] === vertex ? one : 0), 0);
    const into = (vertex: number): number =>
      theta.reduce((sum, one, e) => sum + (edges[2 * e + 1] === vertex ? one : 0), 0);
    expect(dot(theta, z)).toBeLessThanOrEqual(cut(rest.source));
    expect(dot(theta, z)).toBeLessThanOrEqual(into(rest.sink));
    expect(z.some((one) => one === 1)).toBe(true);
  });

  it('never cuts a masked edge, and names the instance without another cut', () => {
    const solver = minCut({ vertices: 4, edges: [0, 1, 1, 2, 2, 3, 0, 3], source: 0, sink: 3 });
    const z = new Float32Array(8);
    solver.solve(Float32Array.of(Infinity, 3, Infinity, 1, 2, 3, 1, 1), z, 2);
    expect(Array.from(z)).toEqual([0, 1, 0, 1, 0, 0, 1, 1]);
    const endless = Float32Array.of(1, 1, 1, 1, 1, 1, 1, Infinity);
    expect(() => solver.solve(endless, z, 2)).toThrow(
      'minCut: instance 1 has no solution: edges that must not be cut lead from vertex 0 to vertex 3',
    );
  });

  it('cuts nothing where nothing leads to the sink', () => {
    const z = new Float32Array(2).fill(NaN);
    const solver = minCut({ vertices: 3, edges: [1, 0, 2, 1], source: 0, sink: 2 });
    solver.solve(Float32Array.of(4, 5), z, 1);
    expect(Array.from(z)).toEqual([0, 0]);
    expect(solver.kappa).toBe(1);
  });

  it('has the minimum number of edges in a cut as its kappa', () => {
    const edges = [0, 1, 0, 2, 0, 3, 1, 4, 2, 4, 3, 4, 4, 5, 4, 5];
    expect(minCut({ vertices: 6, edges, source: 0, sink: 5 }).kappa).toBe(2);
    expect(minCut({ vertices: 6, edges, source: 0, sink: 4 }).kappa).toBe(3);
  });

  it('names negative capacities, and refuses options out of range', () => {
    const build = (more: object) => minCut({ vertices: 3, edges: [0, 1, 1, 2], source: 0, sink: 2, ...more });
    expect(() => build({}).solve(Float32Array.of(1, 1, 1, -3), new Float32Array(4), 2)).toThrow(
      /^minCut: theta must hold costs of at least 0, got -3 in instance 1 at edge 1 \(1, 2\); clip theta at 0/,
    );
    expect(() => build({ sense: 'maximise' }).solve(Float32Array.of(-1, 1), new Float32Array(2), 1)).toThrow(
      'theta must hold scores of at most 0, costs negated, got 1 in instance 0 at edge 1 (1, 2)',
    );
    expect(() => build({ sink: 0 })).toThrow('source and sink must be two vertices, got 0 for both');
    expect(() => build({ source: 3 })).toThrow('source must be an integer in [0, 2], got 3');
    expect(() => build({ sink: 1.5 })).toThrow('sink must be an integer in [0, 2], got 1.5');
    expect(() => build({ edges: [0, 1, 1, 1] })).toThrow('got a loop: edge 1 is (1, 1)');
  });
});
