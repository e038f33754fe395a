import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectiveTree } from '../src/index.js';

type Roots = 'one' | 'many';

/** Where arcs are in theta, by counting them all instead of by the formula. */
function arcsOf(words: number): [head: number, modifier: number][] {
  const arcs: [number, number][] = [];
  for (let h = 0; h <= words; h++) for (let m = 1; m <= words; m++) if (h !== m) arcs.push([h, m]);
  return arcs;
}

/** The value of the best tree by joining spans with marked heads, in O(words^5), as before Eisner. */
function byHeadedSpans(theta: Float32Array, words: number, roots: Roots): number {
  const scores = new Map(arcsOf(words).map(([h, m], i) => [`${h} ${m}`, theta[i]!]));
  const score = (h: number, m: number) => scores.get(`${h} ${m}`) ?? -Infinity;
  const known = new Map<string, number>();
  const best = (from: number, to: number, head: number): number => {
    if (from === to) return 0;
    const key = `${from} ${to} ${head}`;
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    let value = -Infinity;
    for (let cut = from; cut < to; cut++) {
      const [low, high, own] = head <= cut ? [cut + 1, to, [from, cut]] : [from, cut, [cut + 1, to]];
      for (let m = low; m <= high; m++) {
        value = Math.max(value, best(own[0]!, own[1]!, head) + best(low, high, m) + score(head, m));
      }
    }
    known.set(key, value);
    return value;
  };
  if (roots === 'many') return best(0, words, 0);
  return Math.max(...Array.from({ length: words }, (_, i) => score(0, i + 1) + best(1, words, i + 1)));
}

function solveOne(theta: Float32Array, words: number, roots: Roots): Float32Array {
  const z = new Float32Array(theta.length);
  projectiveTree({ words, roots }).solve(theta, z, 1);
  return z;
}

describe('projectiveTree', () => {
  it('finds the value that a slower recursion finds, with one head per word and no crossing arcs', () => {
    const drawn = fc
      .tuple(
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom<Roots>('one', 'many'),
        fc.constantFrom(1, 1_000_000),
      )
      .chain(([words, roots, level]) => {
        const scores = fc.array(fc.integer({ min: -level, max: level }), {
          minLength: words * words,
          maxLength: words * words,
        });
        return fc.tuple(fc.constant(words), fc.constant(roots), scores);
      });
    fc.assert(
      fc.property(drawn, ([words, roots, scores]) => {
        const theta = Float32Array.from(scores);
        const z = solveOne(theta, words, roots);
        const taken = arcsOf(words).filter((_, i) => z[i] === 1);
        expect(taken.map(([, m]) => m).sort((a, b) => a - b)).toEqual(
          Array.from({ length: words }, (_, i) => i + 1),
        );
        if (roots === 'one') expect(taken.filter(([h]) => h === 0).length).toBe(1);
        for (const [h, m] of taken) {
          for (const [g, n] of taken) {
            const inside = (x: number) => Math.min(h, m) < x && x < Math.max(h, m);
            const outside = (x: number) => x < Math.min(h, m) || x > Math.max(h, m);
            expect((inside(g) && outside(n)) || (inside(n) && outside(g))).toBe(false);
          }
        }
        expect(z.reduce((sum, one, i) => sum + one * theta[i]!, 0)).toBe(byHeadedSpans(theta, words, roots));
      }),
      { numRuns: 150 },
    );
  });

  it('attaches one word to the root symbol although several would score more, and several where allowed', () => {
    // Arcs (0,1), (0,2), (1,2), (2,1).
    const theta = Float32Array.of(5, 5, 1, 0);
    expect(Array.from(solveOne(theta, 2, 'one'))).toEqual([1, 0, 1, 0]);
    expect(Array.from(solveOne(theta, 2, 'many'))).toEqual([1, 1, 0, 0]);
  });

  it('marks a chain of 300 words, from either end', () => {
    const words = 300;
    for (const step of [1, -1]) {
      const root = step === 1 ? 1 : words;
      const theta = Float32Array.from(arcsOf(words), ([h, m]) => +(m - h === step && h > 0));
      theta[root - 1] = 1;
      expect(solveOne(theta, words, 'one')).toEqual(theta);
    }
  });

  it('names the arc that is NaN, and says when no tree is left', () => {
    const theta = new Float32Array(9);
    expect(() => solveOne(theta.with(5, NaN), 3, 'one')).toThrow('got NaN in instance 0 at arc (2, 1);');
    expect(() => solveOne(theta.with(3, Infinity), 3, 'many')).toThrow(
      'Infinity in instance 0 at arc (1, 2)',
    );
    theta.fill(-Infinity, 0, 3);
    expect(() => solveOne(theta, 3, 'one')).toThrow(
      'projectiveTree: instance 0 has no solution: every tree has a masked arc; mask fewer',
    );
    expect(() => solveOne(theta, 3, 'many')).toThrow('every tree has a masked arc');
  });

  it('refuses a number of words, or of roots, that is out of range', () => {
    expect(() => projectiveTree({ words: 0 })).toThrow(
      'projectiveTree: words must be an integer in [1, 5000], got 0',
    );
    expect(() => projectiveTree({ words: 3, roots: 'two' as 'one' })).toThrow(
      "projectiveTree: roots must be 'one' or 'many', got \"two\"",
    );
  });
});
