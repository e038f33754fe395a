import { describe, expect, it } from 'vitest';
import { type GraphPathOptions, graphPath } from '../src/index.js';
import { connectedGraph, multiples } from './randomGraphs.js';

/** The minimum cost by Bellman-Ford: all edges relaxed until nothing changes. Costs may have either sign. */
function bellmanFord(theta: Float32Array, sign: number, options: GraphPathOptions): number {
  const { vertices, edges, directed = true } = options;
  const cost = Array<number>(vertices).fill(Infinity);
  cost[options.from as number] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let edge = 0; edge < theta.length; edge++) {
      const ends = [edges[2 * edge]!, edges[2 * edge + 1]!];
      for (const [a, b] of directed ? [ends] : [ends, [...ends].reverse()]) {
        const offer = cost[a!]! + sign * theta[edge]!;
        if (offer < cost[b!]!) {
          cost[b!] = offer;
          changed = true;
        }
      }
    }
  }
  return cost[options.to as number]!;
}

/** The value of a state, after checking that its edges form one path from `from` to `to`. */
function costOfPath(z: Float32Array, theta: Float32Array, options: GraphPathOptions): number {
  const { vertices, edges, directed = true } = options;
  const surplus = Array<number>(vertices).fill(0);
  let cost = 0;
  let vertex = options.from as number;
  const left = z.slice();
  for (;;) {
    const edge = left.findIndex(
      (one, e) => one === 1 && (edges[2 * e] === vertex || (!directed && edges[2 * e + 1] === vertex)),
    );
    if (edge === -1) break;
    left[edge] = 0;
    surplus[vertex]!++;
    cost += theta[edge]!;
    vertex = edges[2 * edge] === vertex ? edges[2 * edge + 1]! : edges[2 * edge]!;
  }
  expect(vertex).toBe(options.to);
  expect(left.every((one) => one === 0)).toBe(true);
  expect(Math.max(...surplus)).toBeLessThanOrEqual(1);
  return cost;
}

function checkAgainstBellmanFord(options: GraphPathOptions, theta: Float32Array, sign: number): void {
  const sense = sign === 1 ? 'minimise' : 'maximise';
  const z = new Float32Array(theta.length);
  const best = bellmanFord(theta, sign, options);
  const solve = (): void => graphPath({ ...options, sense }).solve(theta, z, 1);
  if (best === Infinity)
    expect(solve).toThrow('graphPath: instance 0 has no solution: no path of unmasked edges');
  else {
    solve();
    expect(sign * costOfPath(z, theta, options) + 0).toBe(best);
  }
}

describe('graphPath', () => {
  it('finds one unbroken path of the cost that Bellman-Ford finds, directed and not, tied or spread', () => {
    for (const [vertices, count] of [
      [20, 40],
      [100, 900],
      [1000, 2500],
    ] as const) {
      const edges = connectedGraph(vertices, vertices, count);
      for (const levels of [2, 1_000_000]) {
        for (const directed of [true, false]) {
          for (const sign of [1, -1]) {
            const theta = multiples(levels, count, 0, levels, sign * 2 ** -8);
            const options = { vertices, edges, directed, from: vertices - 1, to: 0 };
            checkAgainstBellmanFord(options, theta, sign);
            checkAgainstBellmanFord({ ...options, from: 3, to: vertices - 5 }, theta, sign);
          }
        }
      }
    }
  });

  it('finds shortest and longest paths among costs of either sign where there is no cycle', () => {
    for (const [vertices, count] of [
      [10, 30],
      [200, 1000],
    ] as const) {
      // From high to low in a shuffled numbering, so that the order is not the one of the indices.
      const edges = connectedGraph(count, vertices, count);
      for (let e = 0; e < count; e++) {
        const [a, b] = [edges[2 * e]!, edges[2 * e + 1]!];
        edges[2 * e] = (7 * Math.max(a, b)) % vertices;
        edges[2 * e + 1] = (7 * Math.min(a, b)) % vertices;
      }
      if (vertices === 200) expect(edges.some((v, i) => i % 2 === 0 && v < edges[i + 1]!)).toBe(true);
      for (const levels of [2, 1_000_000]) {
        const theta = multiples(levels, count, -levels, levels, 2 ** -8);
        const options = { vertices, edges, acyclic: true, from: (7 * (vertices - 1)) % vertices, to: 0 };
        for (const sign of [1, -1]) checkAgainstBellmanFord(options, theta, sign);
      }
    }
  });

  it('of equally good paths takes the fewest steps, then the lowest next vertex, then the lowest edge', () => {
    const edges = [0, 3, 3, 4, 0, 2, 2, 4, 2, 4, 0, 1, 1, 2];
    const z = new Float32Array(7);
    for (const acyclic of [false, true]) {
      graphPath({ vertices: 5, edges, from: 0, to: 4, acyclic }).solve(new Float32Array(7), z, 1);
      expect(Array.from(z)).toEqual([0, 0, 1, 1, 0, 0, 0]);
    }
  });

  it('takes the fewest steps even where the search meets a longer path of the same cost first', () => {
    const edges = [0, 2, 2, 1, 1, 4, 0, 3, 3, 4];
    const z = new Float32Array(5);
    for (const acyclic of [false, true]) {
      graphPath({ vertices: 5, edges, from: 0, to: 4, acyclic }).solve(Float32Array.of(1, 1, 1, 0, 3), z, 1);
      expect(Array.from(z)).toEqual([0, 0, 0, 1, 1]);
    }
  });

  it('names the first cost that is not allowed, also of an edge that leads to no path', () => {
    const edges = [3, 4, 0, 1, 1, 3, 2, 1];
    const solve = (acyclic: boolean, theta: number[]) => () =>
      graphPath({ vertices: 5, edges, from: 0, to: 3, acyclic }).solve(
        Float32Array.from(theta),
        new Float32Array(4),
        1,
      );
    for (const acyclic of [false, true]) {
      expect(solve(acyclic, [1, 1, 1, NaN])).toThrow('got NaN in instance 0 at edge 3 (2, 1)');
      expect(solve(acyclic, [-Infinity, 1, NaN, 1])).toThrow('got -Infinity in instance 0 at edge 0 (3, 4)');
    }
  });

  it('marks no edge from a vertex to itself', () => {
    for (const acyclic of [false, true]) {
      const solver = graphPath({ vertices: 2, edges: [0, 1], from: 'context', to: 'context', acyclic });
      const z = new Float32Array(2).fill(NaN);
      solver.solve(Float32Array.of(4, 4), z, 2, { from: [1, 0], to: [1, 1] });
      expect(Array.from(z)).toEqual([0, 1]);
    }
  });

  it('walks a chain of 200,000 vertices, by either algorithm', () => {
    const vertices = 200_000;
    const edges = Int32Array.from({ length: 2 * (vertices - 1) }, (_, i) => (i + 1) >> 1);
    for (const acyclic of [false, true]) {
      const z = new Float32Array(vertices - 1);
      graphPath({ vertices, edges, from: 0, to: vertices - 1, acyclic }).solve(z.slice().fill(1), z, 1);
      expect(z.every((one) => one === 1)).toBe(true);
    }
  });

  it('names negative costs, invalid end points, and the instance without a path', () => {
    const options = { vertices: 3, edges: [0, 1, 1, 2, 2, 0], from: 'context', to: 2 } as const;
    const solver = graphPath(options);
    const solve = (theta: number[], from: number[]) => () =>
      solver.solve(Float32Array.from(theta), new Float32Array(theta.length), from.length, { from });
    expect(solve([1, 1, 1, 1, -2, 1], [0, 0])).toThrow(
      /^graphPath: theta must hold costs of at least 0, got -2 in instance 1 at edge 1 \(1, 2\); clip .*acyclic/,
    );
    expect(solve([1, 1, 1], [-1])).toThrow(
      'graphPath: context.from must hold vertices, integers in [0, 2], got -1 in instance 0',
    );
    expect(solve([1, 1, 1, 1, Infinity, 1], [1, 0])).toThrow(
      'graphPath: instance 1 has no solution: no path of unmasked edges leads from vertex 0 to vertex 2',
    );
  });

  it('refuses a cycle where none was declared, and other options out of range', () => {
    const edges = [5, 0, 0, 1, 1, 2, 2, 3, 3, 1, 3, 4];
    const build = (more: object) => () => graphPath({ vertices: 6, edges, from: 0, to: 4, ...more });
    expect(build({ acyclic: true })).toThrow(
      /^graphPath: .*directed cycle.*got one through vertex [123]; leave acyclic out/,
    );
    expect(build({ acyclic: true, directed: false })).toThrow('acyclic needs directed edges');
    expect(build({ from: 6 })).toThrow('from must be an integer in [0, 5], got 6');
    expect(build({ to: 'end' })).toThrow('to must be an integer in [0, 5], got end');
    expect(build({ edges: [0, 0] })).toThrow('got a loop: edge 0 is (0, 0)');
    expect(build({ vertices: 1 })).toThrow('vertices must be an integer in [2, 10000000], got 1');
  });

  it('has the minimum number of edges between the ends as its kappa, or a mean', () => {
    const chain = [0, 1, 1, 2, 2, 3];
    expect(graphPath({ vertices: 4, edges: chain, from: 0, to: 3 }).kappa).toBe(3);
    // From 0, 1 and 2 it is 3, 2 and 1 edges to vertex 3.
    expect(graphPath({ vertices: 4, edges: chain, from: 'context', to: 3 }).kappa).toBe(2);
    expect(graphPath({ vertices: 4, edges: chain, from: 3, to: 0 }).kappa).toBe(1);
  });
});
