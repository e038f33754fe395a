import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentation } from '../src/index.js';

interface Shape {
  readonly length: number;
  readonly maxLength: number;
  readonly labels: number;
  readonly transitions: boolean;
}

/** Where each segment is in theta, by counting them all instead of by the formula. */
function places({ length, maxLength, labels }: Shape): Map<string, number> {
  const at = new Map<string, number>();
  for (let s = 0; s < length; s++)
    for (let l = 1; l <= maxLength && s + l <= length; l++)
      for (let k = 0; k < labels; k++) at.set(`${s} ${l} ${k}`, at.size);
  return at;
}

/** The value of the best division, forwards over the ends of segments. */
function forwards(theta: Float32Array, shape: Shape): number {
  const { length, maxLength, labels, transitions } = shape;
  const at = places(shape);
  const best = Array.from({ length: length + 1 }, () => Array<number>(labels).fill(-Infinity));
  for (let end = 1; end <= length; end++) {
    for (let l = 1; l <= Math.min(maxLength, end); l++) {
      const start = end - l;
      for (let k = 0; k < labels; k++) {
        const before =
          start === 0
            ? [0]
            : best[start]!.map(
                (value, a) =>
                  value + (transitions ? theta[at.size + ((start - 1) * labels + a) * labels + k]! : 0),
              );
        const value = Math.max(...before) + theta[at.get(`${start} ${l} ${k}`)!]!;
        best[end]![k] = Math.max(best[end]![k]!, value);
      }
    }
  }
  return Math.max(...best[length]!);
}

function solveOne(theta: Float32Array, shape: Shape): Float32Array {
  const z = new Float32Array(theta.length);
  segmentation(shape).solve(theta, z, 1);
  return z;
}

describe('segmentation', () => {
  it('finds the value that a forward recursion finds, and divides the whole sequence, at any size', () => {
    const drawn = fc
      .record({
        length: fc.integer({ min: 1, max: 30 }),
        maxLength: fc.integer({ min: 1, max: 8 }),
        labels: fc.integer({ min: 1, max: 4 }),
        transitions: fc.boolean(),
        level: fc.constantFrom(1, 1_000_000),
      })
      .filter(({ length, maxLength }) => maxLength <= length)
      .chain(({ level, ...shape }) => {
        const { size } = segmentation(shape);
        const scores = fc.array(fc.integer({ min: -level, max: level }), {
          minLength: size,
          maxLength: size,
        });
        return fc.tuple(fc.constant(shape), scores);
      });
    fc.assert(
      fc.property(drawn, ([shape, scores]) => {
        const theta = Float32Array.from(scores);
        const z = solveOne(theta, shape);
        let end = 0;
        for (const [segment, at] of places(shape)) {
          if (z[at] === 0) continue;
          const [start, length] = segment.split(' ').map(Number);
          expect(start).toBe(end);
          end += length!;
        }
        expect(end).toBe(shape.length);
        expect(z.reduce((sum, one, i) => sum + one * theta[i]!, 0)).toBe(forwards(theta, shape));
      }),
      { numRuns: 150 },
    );
  });

  it('takes the shortest segments of the lowest label when everything ties', () => {
    const z = solveOne(new Float32Array(2 * 9), { length: 4, maxLength: 3, labels: 2, transitions: false });
    expect(Array.from(z.keys()).filter((i) => z[i] === 1)).toEqual([0, 6, 12, 16]);
  });

  it('names the segment or the transition that is not a number', () => {
    const shape = { length: 3, maxLength: 2, labels: 2, transitions: true };
    const theta = new Float32Array(10 + 8);
    expect(() => solveOne(theta.with(7, NaN), shape)).toThrow('got NaN in instance 0 at segment (1, 2, 1);');
    expect(() => solveOne(theta.with(16, NaN), shape)).toThrow(
      'got NaN in instance 0 at transition (2, 1, 0);',
    );
    expect(() => solveOne(theta.with(10, Infinity), shape)).toThrow(
      'Infinity in instance 0 at transition (1, 0, 0)',
    );
  });

  it('refuses segments longer than the sequence, and numbers out of range', () => {
    expect(() => segmentation({ length: 3, maxLength: 4, labels: 1 })).toThrow(
      'segmentation: maxLength must be an integer in [1, 3], got 4',
    );
    expect(() => segmentation({ length: 0, maxLength: 1, labels: 1 })).toThrow(
      'segmentation: length must be',
    );
    expect(() => segmentation({ length: 3, maxLength: 1, labels: 0 })).toThrow(
      'segmentation: labels must be',
    );
    expect(() => segmentation({ length: 2 ** 20, maxLength: 2 ** 20, labels: 1 })).toThrow(
      'segmentation: the number of segments and transitions must be an integer in',
    );
  });
});
