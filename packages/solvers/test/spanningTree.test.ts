import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spanningTree } from '../src/index.js';

function kruskal(theta: Float32Array, vertices: number): number[] {
  const edges: [number, number][] = [];
  for (let i = 0; i < vertices; i++) for (let j = i + 1; j < vertices; j++) edges.push([i, j]);
  const root = Array.from({ length: vertices }, (_, v) => v);
  const find = (v: number): number => (root[v] === v ? v : find(root[v]!));
  const z = Array<number>(edges.length).fill(0);
  const order = Array.from(theta.keys()).sort((a, b) => theta[b]! - theta[a]! || a - b);
  for (const edge of order) {
    const [i, j] = edges[edge]!.map(find) as [number, number];
    if (i === j) continue;
    root[i] = j;
    z[edge] = 1;
  }
  return z;
}

describe('spanningTree', () => {
  it("answers Kruskal's tree, edge for edge, on graphs that enumeration cannot reach", () => {
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
        expect(Array.from(z)).toEqual(kruskal(theta, vertices));
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

  it('refuses a graph of one vertex, of parts of vertices, or of more than memory is meant for', () => {
    expect(() => spanningTree({ vertices: 1 })).toThrow(
      'spanningTree: vertices must be an integer in [2, 10000], got 1',
    );
    expect(() => spanningTree({ vertices: 2.5 })).toThrow('got 2.5');
    expect(() => spanningTree({ vertices: 10_001 })).toThrow('in [2, 10000], got 10001');
  });
});
