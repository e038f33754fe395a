import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignment, permutation } from '../src/index.js';

/** The lexicographically greatest best matrix, by dynamic programming over the sets of columns that are taken. */
function byDynamicProgramming(theta: Float32Array, left: number, right: number): number[] | undefined {
  const pairs = Math.min(left, right);
  const sets = 2 ** right;
  const toGo = Array.from({ length: left + 1 }, () => new Float64Array(sets).fill(-Infinity));
  const count = (set: number): number => set.toString(2).replaceAll('0', '').length;
  for (let set = 0; set < sets; set++) if (count(set) === pairs) toGo[left]![set] = 0;
  const choices = (set: number): number[] => [
    ...Array.from({ length: right }, (_, j) => j).filter((j) => (set & (1 << j)) === 0),
    -1,
  ];
  const worth = (i: number, set: number, j: number): number =>
    j < 0 ? toGo[i + 1]![set]! : theta[i * right + j]! + toGo[i + 1]![set | (1 << j)]!;
  for (let i = left - 1; i >= 0; i--) {
    for (let set = 0; set < sets; set++) {
      toGo[i]![set] = Math.max(...choices(set).map((j) => worth(i, set, j)));
    }
  }
  if (toGo[0]![0] === -Infinity) return undefined;
  const z = Array<number>(left * right).fill(0);
  let set = 0;
  for (let i = 0; i < left; i++) {
    const j = choices(set).find((choice) => worth(i, set, choice) === toGo[i]![set])!;
    if (j < 0) continue;
    z[i * right + j] = 1;
    set |= 1 << j;
  }
  return z;
}

/** The minimum cost, by successive shortest paths found with Bellman and Ford's algorithm, which needs no prices. */
function leastCost(cost: Float32Array, left: number, right: number): number {
  const owner = Array<number>(right).fill(-1);
  let total = 0;
  for (let source = 0; source < left; source++) {
    const distance = Array.from({ length: right }, (_, j) => cost[source * right + j]!);
    const from = Array<number>(right).fill(-1);
    for (let changed = true; changed; ) {
      changed = false;
      for (let j = 0; j < right; j++) {
        const i = owner[j]!;
        if (i < 0) continue;
        for (let k = 0; k < right; k++) {
          const through = distance[j]! - cost[i * right + j]! + cost[i * right + k]!;
          if (k !== j && through < distance[k]! - 1e-9) {
            distance[k] = through;
            from[k] = j;
            changed = true;
          }
        }
      }
    }
    const free = owner.flatMap((i, j) => (i < 0 ? [j] : []));
    let at = free.reduce((best, j) => (distance[j]! < distance[best]! ? j : best));
    total += distance[at]!;
    for (; from[at]! >= 0; at = from[at]!) owner[at] = owner[from[at]!]!;
    owner[at] = source;
  }
  return total;
}

/** The minimum cost for the vertices on the left from `first` on and the places not taken; Infinity if too few are left. */
function leastOf(
  cost: Float32Array,
  left: number,
  right: number,
  first: number,
  taken: readonly number[],
): number {
  const lefts = Array.from({ length: left - first }, (_, i) => first + i);
  const rights = Array.from({ length: right }, (_, j) => j).filter((j) => !taken.includes(j));
  if (Math.min(lefts.length, rights.length) + taken.length < Math.min(left, right)) return Infinity;
  const wide = lefts.length <= rights.length;
  const [agents, tasks] = wide ? [lefts, rights] : [rights, lefts];
  const costs = agents.flatMap((a) => tasks.map((t) => (wide ? cost[a * right + t]! : cost[t * right + a]!)));
  return leastCost(Float32Array.from(costs), agents.length, tasks.length);
}

function solveOne(theta: Float32Array, left: number, right: number): number[] {
  const z = new Float32Array(theta.length);
  assignment({ left, right }).solve(theta, z, 1);
  return Array.from(z);
}

const sides = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }));

describe('assignment', () => {
  it('answers the first of the best matrices where nearly everything ties, whichever side is smaller', () => {
    const drawn = sides.chain(([left, right]) =>
      fc.record({
        left: fc.constant(left),
        right: fc.constant(right),
        weights: fc.constantFrom(0, 1, 2, 5).chain((level) => {
          const weight = fc.oneof(
            { weight: 9, arbitrary: fc.integer({ min: -level, max: level }) },
            { weight: 1, arbitrary: fc.constant(-Infinity) },
          );
          return fc.array(weight, { minLength: left * right, maxLength: left * right });
        }),
      }),
    );
    fc.assert(
      fc.property(drawn, ({ left, right, weights }) => {
        const theta = Float32Array.from(weights);
        const expected = byDynamicProgramming(theta, left, right);
        if (expected === undefined) {
          expect(() => solveOne(theta, left, right)).toThrow(/^assignment: instance 0 has no solution/);
        } else {
          expect(solveOne(theta, left, right)).toEqual(expected);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('gives each vertex in turn the lowest partner that leaves the total as it is, beyond a word of bits', () => {
    const drawn = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 33, max: 70 }), fc.boolean())
      .chain(([few, many, tall]) =>
        fc.record({
          left: fc.constant(tall ? many : few),
          right: fc.constant(tall ? few : many),
          weights: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: few * many, maxLength: few * many }),
        }),
      );
    fc.assert(
      fc.property(drawn, ({ left, right, weights }) => {
        const cost = Float32Array.from(weights);
        const z = new Float32Array(cost.length);
        assignment({ left, right, sense: 'minimise' }).solve(cost, z, 1);
        let [total, taken] = [leastOf(cost, left, right, 0, []), [] as number[]];
        for (let i = 0; i < left; i++) {
          const places = Array.from({ length: right }, (_, j) => j).filter((j) => !taken.includes(j));
          const lowest = places.find(
            (j) => cost[i * right + j]! + leastOf(cost, left, right, i + 1, [...taken, j]) === total,
          );
          const own = Array.from(z.subarray(i * right, (i + 1) * right)).indexOf(1);
          expect(own).toBe(lowest ?? -1);
          if (lowest === undefined) continue;
          total -= cost[i * right + lowest]!;
          taken = [...taken, lowest];
        }
      }),
      { numRuns: 30 },
    );
  });

  it('finds the minimum cost that an algorithm without prices finds, beyond the sizes of enumeration', () => {
    const drawn = fc
      .tuple(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 0, max: 15 }), fc.constantFrom(1, 8))
      .chain(([left, more, power]) => {
        const weight = fc.double({ min: -1, max: 1, noNaN: true }).map((x) => x ** (2 * power + 1) * 1e4);
        const length = left * (left + more);
        return fc.record({
          left: fc.constant(left),
          right: fc.constant(left + more),
          weights: fc.array(weight, { minLength: length, maxLength: length }),
        });
      });
    fc.assert(
      fc.property(drawn, ({ left, right, weights }) => {
        const cost = Float32Array.from(weights);
        const z = new Float32Array(cost.length);
        assignment({ left, right, sense: 'minimise' }).solve(cost, z, 1);
        const total = cost.reduce((sum, each, pair) => sum + each * z[pair]!, 0);
        expect(total).toBeCloseTo(leastCost(cost, left, right), 4);
        expect(z.reduce((sum, one) => sum + one)).toBe(left);
      }),
      { numRuns: 100 },
    );
  });

  it('puts the largest sums on the diagonal of a product table, however large', () => {
    const n = 150;
    const theta = Float32Array.from({ length: n * n }, (_, pair) => Math.floor(pair / n) * (pair % n));
    const z = solveOne(theta, n, n);
    for (let i = 0; i < n; i++) expect(z[i * n + i]).toBe(1);
  });

  it('settles hundreds of equal vertices on the diagonal', () => {
    const n = 200;
    const z = solveOne(new Float32Array(n * n), n, n);
    for (let i = 0; i < n; i++) expect(z[i * n + i]).toBe(1);
  });

  it('names the vertex that cannot be assigned', () => {
    const theta = Float32Array.of(1, 2, -Infinity, -Infinity, 3, 4);
    expect(() => solveOne(theta, 3, 2)).not.toThrow();
    expect(() =>
      assignment({ left: 2, right: 3 }).solve(
        theta.map(() => -Infinity),
        new Float32Array(6),
        1,
      ),
    ).toThrow(
      /^assignment: instance 0 has no solution: .*no right vertex for left vertex 0; forbid fewer pairs/,
    );
    expect(() => solveOne(Float32Array.of(-Infinity, 2, -Infinity, 3), 4, 1)).not.toThrow();
    expect(() => solveOne(Float32Array.of(-Infinity, -Infinity), 2, 1)).toThrow(
      /no left vertex for right vertex 0/,
    );
  });

  it('names the pair that is NaN, or infinite where that is not a mask', () => {
    const theta = new Float32Array(6);
    theta[5] = NaN;
    expect(() => solveOne(theta, 2, 3)).toThrow(/got NaN in instance 0 at \(1, 2\);/);
    theta[5] = Infinity;
    expect(() => solveOne(theta, 2, 3)).toThrow(/got Infinity in instance 0 at \(1, 2\)$/);
  });

  it('refuses sides that are out of range', () => {
    expect(() => assignment({ left: 0, right: 3 })).toThrow(
      'assignment: left must be an integer in [1, 10000], got 0',
    );
    expect(() => assignment({ left: 3, right: 10_001 })).toThrow(
      'assignment: right must be an integer in [1, 10000], got 10001',
    );
  });
});

describe('permutation', () => {
  it('answers what the assignment of equal sides answers', () => {
    const weights = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 49, maxLength: 49 });
    fc.assert(
      fc.property(weights, (drawn) => {
        const theta = Float32Array.from(drawn);
        const z = new Float32Array(49);
        permutation({ items: 7 }).solve(theta, z, 1);
        expect(Array.from(z)).toEqual(byDynamicProgramming(theta, 7, 7));
      }),
      { numRuns: 50 },
    );
  });

  it('names items and places in errors', () => {
    expect(() =>
      permutation({ items: 2 }).solve(Float32Array.of(-Infinity, -Infinity, 0, 0), new Float32Array(4), 1),
    ).toThrow(/^permutation: instance 0 has no solution: .*no place for item 0; forbid fewer pairs/);
    expect(() => permutation({ items: 0 })).toThrow(
      'permutation: items must be an integer in [1, 10000], got 0',
    );
  });

  it('names the first agent, in order, that finds no place beside those that have taken their best one', () => {
    const none = -Infinity;
    const theta = Float32Array.of(5, none, none, 7, none, 8, 6, none, 1);
    expect(() => assignment({ left: 3, right: 3 }).solve(theta, new Float32Array(9), 1)).toThrow(
      'the pairs that are not forbidden leave no right vertex for left vertex 2; forbid fewer pairs',
    );
  });
});
