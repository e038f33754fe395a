import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chain } from '../src/index.js';

/** The textbook's forward Viterbi algorithm: the value of the best label sequence. */
function viterbi(theta: Float32Array, length: number, labels: number): number {
  const all = Array.from({ length: labels }, (_, a) => a);
  let best = all.map((a) => theta[a]!);
  for (let t = 1; t < length; t++) {
    const from = length * labels + (t - 1) * labels * labels;
    const before = best;
    best = all.map(
      (b) => theta[t * labels + b]! + Math.max(...all.map((a) => before[a]! + theta[from + a * labels + b]!)),
    );
  }
  return Math.max(...best);
}

function solveOne(theta: Float32Array, length: number, labels: number): Float32Array {
  const z = new Float32Array(theta.length);
  chain({ length, labels }).solve(theta, z, 1);
  return z;
}

describe('chain', () => {
  it('takes the lowest of equally good labels, and names the first number that is not allowed, for many labels', () => {
    const [length, labels] = [3, 11];
    const theta = new Float32Array(length * labels + 2 * labels ** 2).fill(1);
    const expected = theta.map((_, i) => (i < 33 ? +(i % labels === 0) : +((i - 33) % labels ** 2 === 0)));
    expect(solveOne(theta, length, labels)).toEqual(expected);
    for (let element = 33; element < theta.length; element++) {
      const broken = theta.slice();
      broken[element] = element % 2 === 0 ? NaN : Infinity;
      const where = `(${Math.floor((element - 33) / 121)}, ${Math.floor((element - 33) / 11) % 11}, ${(element - 33) % 11})`;
      expect(() => solveOne(broken, length, labels)).toThrow(`in instance 0 at transition ${where}`);
    }
  });

  it('finds the value that a forward Viterbi finds, with one label per position and the transitions between, at any size', () => {
    const drawn = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(1, 1_000_000))
      .chain(([length, labels, level]) => {
        const size = length * labels + (length - 1) * labels ** 2;
        const scores = fc.array(fc.integer({ min: -level, max: level }), {
          minLength: size,
          maxLength: size,
        });
        return fc.tuple(fc.constant(length), fc.constant(labels), scores);
      });
    fc.assert(
      fc.property(drawn, ([length, labels, scores]) => {
        const theta = Float32Array.from(scores);
        const z = solveOne(theta, length, labels);
        const word = Array.from({ length }, (_, t) => z.subarray(t * labels, (t + 1) * labels).indexOf(1));
        expect(z.reduce((sum, one) => sum + one, 0)).toBe(2 * length - 1);
        for (let t = 0; t + 1 < length; t++) {
          expect(z[length * labels + (t * labels + word[t]!) * labels + word[t + 1]!]).toBe(1);
        }
        expect(z.reduce((sum, one, i) => sum + one * theta[i]!, 0)).toBe(viterbi(theta, length, labels));
      }),
      { numRuns: 100 },
    );
  });

  it('takes label 0 throughout when everything ties', () => {
    const z = solveOne(new Float32Array(5 * 3 + 4 * 9), 5, 3);
    expect(Array.from(z.subarray(0, 15))).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]);
  });

  it('names the label or the transition that is not a number', () => {
    const theta = new Float32Array(3 * 2 + 2 * 4);
    expect(() => solveOne(theta.with(3, NaN), 3, 2)).toThrow('got NaN in instance 0 at label (1, 1);');
    expect(() => solveOne(theta.with(12, NaN), 3, 2)).toThrow(
      'got NaN in instance 0 at transition (1, 1, 0);',
    );
    expect(() => solveOne(theta.with(7, Infinity), 3, 2)).toThrow(
      'chain: theta must be finite, or -Infinity to forbid an element, got Infinity in instance 0 at transition (0, 0, 1)',
    );
  });

  it('says what to do where no sequence is left', () => {
    const theta = Float32Array.of(-Infinity, 0, 0, 0, 0, 0, -Infinity, -Infinity);
    expect(() => solveOne(theta, 2, 2)).toThrow(
      'chain: instance 0 has no solution: every sequence has a masked label or transition; mask fewer',
    );
  });

  it('refuses lengths, labels and sizes that are out of range', () => {
    expect(() => chain({ length: 0, labels: 2 })).toThrow('chain: length must be an integer in');
    expect(() => chain({ length: 2, labels: 1.5 })).toThrow('chain: labels must be an integer in');
    expect(() => chain({ length: 1000, labels: 10_000 })).toThrow(
      'chain: length * labels + (length - 1) * labels^2 must be an integer in [1, 2147483647], got 99910000000',
    );
    expect(() => chain({ length: 2, labels: 2, sense: 'up' as 'maximise' })).toThrow(
      "chain: sense must be 'maximise' or 'minimise', got \"up\"",
    );
  });
});
