import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onlyTour } from '../src/tour/onlyTour.js';

/** All tours from vertex 0, in one direction each, with their costs. */
function allTours(vertices: number, cost: (a: number, b: number) => number) {
  const found: { order: number[]; cost: number }[] = [];
  const go = (order: number[], sum: number): void => {
    const last = order[order.length - 1]!;
    if (order.length === vertices) {
      if (order[1]! < last) found.push({ order, cost: sum + cost(last, 0) });
      return;
    }
    for (let v = 1; v < vertices; v++) if (!order.includes(v)) go([...order, v], sum + cost(last, v));
  };
  go([0], 0);
  return found;
}

describe('the only best tour', () => {
  it('is found exactly where enumeration finds one tour of the lowest cost', () => {
    const drawn = fc
      .tuple(fc.integer({ min: 3, max: 7 }), fc.constantFrom(2, 5, 20, 1e6))
      .chain(([v, level]) =>
        fc.tuple(
          fc.constant(v),
          fc.array(fc.oneof({ weight: 9, arbitrary: fc.nat(level) }, fc.constant(Infinity)), {
            minLength: (v * (v - 1)) / 2,
            maxLength: (v * (v - 1)) / 2,
          }),
        ),
      );
    fc.assert(
      fc.property(drawn, ([vertices, numbers]) => {
        const costs = Float64Array.from(numbers);
        const table = Array.from({ length: vertices }, () => Array<number>(vertices).fill(0));
        let edge = 0;
        for (let a = 0; a < vertices; a++) {
          for (let b = a + 1; b < vertices; b++) table[a]![b] = table[b]![a] = numbers[edge++]!;
        }
        const tours = allTours(vertices, (a, b) => table[a]![b]!);
        const lowest = Math.min(...tours.map(({ cost }) => cost));
        const best = tours.filter(({ cost }) => cost === lowest && cost < Infinity);
        const tour = new Int32Array(vertices);
        const only = onlyTour(vertices, costs, tour)();
        expect(only).toBe(best.length === 1);
        const order = tour[1]! < tour[vertices - 1]! ? [...tour] : [0, ...[...tour].slice(1).reverse()];
        if (only) expect(order).toEqual(best[0]!.order);
      }),
      { numRuns: 600 },
    );
  });
});
