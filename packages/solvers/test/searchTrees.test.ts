import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maximumFlow } from '../src/cut/maximumFlow.js';
import { SearchTrees } from '../src/cut/searchTrees.js';

const graphs = fc.integer({ min: 2, max: 40 }).chain((vertices) =>
  fc.record({
    vertices: fc.constant(vertices),
    // Some capacities are 0, many tie.
    edges: fc.array(
      fc.record({
        tail: fc.nat(vertices - 1),
        turn: fc.nat(vertices - 2),
        capacity: fc.oneof(fc.nat(3), fc.nat(1e6)),
      }),
      { minLength: 1, maxLength: 200 },
    ),
    directed: fc.boolean(),
  }),
);

describe('the search trees of a minimum cut', () => {
  it('find the value and the source side that push-relabel finds, again and again', () => {
    fc.assert(
      fc.property(graphs, ({ vertices, edges, directed }) => {
        const ends = Int32Array.from(edges.flatMap(({ tail, turn }) => [tail, (tail + 1 + turn) % vertices]));
        const trees = new SearchTrees(vertices, ends, directed, 0, vertices - 1, Infinity);
        const oracle = maximumFlow(vertices, ends, directed, 0, vertices - 1);
        const capacities = Float64Array.from(edges, ({ capacity }) => capacity);
        for (let round = 0; round < 2; round++) {
          expect(trees.push(capacities)).toBe(oracle.push(capacities));
          for (let v = 0; v < vertices; v++) expect(trees.reaches(v)).toBe(oracle.reaches(v));
          capacities.reverse();
        }
      }),
      { numRuns: 500 },
    );
  });

  it('give up after the steps that they may take, and can be used again', () => {
    const ends = Int32Array.from(
      Array.from({ length: 100 }, (_, i) => [i, i + 1, i + 1, (i * 7) % 90]).flat(),
    );
    const capacities = new Float64Array(ends.length / 2).fill(1);
    expect(new SearchTrees(101, ends, true, 0, 100, 50).push(capacities)).toBe(-1);
    const trees = new SearchTrees(101, ends, true, 0, 100, 100_000);
    expect(trees.push(capacities)).toBe(1);
    expect(trees.push(capacities.fill(2))).toBe(2);
  });
});
