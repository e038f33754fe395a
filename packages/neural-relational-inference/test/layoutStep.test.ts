import { expect, test } from 'vitest';
import { layoutStep } from '../src/index.js';

/** The definition, pair by pair, with nothing shared between the two directions. */
function textbook(positions: readonly (readonly [number, number])[], adjacency: readonly number[]) {
  const n = positions.length;
  const k = Math.sqrt(1 / n);
  const axes = [0, 1] as const;
  const widths = axes.map(
    (a) => Math.max(...positions.map((p) => p[a])) - Math.min(...positions.map((p) => p[a])),
  );
  const moved = positions.map((p, i) => {
    const force = axes.map((a) =>
      positions.reduce((sum, q, j) => {
        const d = Math.max(Math.hypot(p[0] - q[0], p[1] - q[1]), 0.01);
        return sum + (p[a] - q[a]) * (k ** 2 / d ** 2 - (adjacency[i * n + j]! * d) / k);
      }, 0),
    );
    const length = Math.hypot(...force);
    return axes.map((a) => p[a] + (force[a]! * 0.1 * Math.max(...widths)) / (length < 0.01 ? 0.1 : length));
  });
  const means = axes.map((a) => moved.reduce((sum, p) => sum + p[a]!, 0) / n);
  const centred = moved.map((p) => axes.map((a) => p[a]! - means[a]!));
  const scale = Math.max(...centred.flat().map(Math.abs));
  return centred.flat().map((x) => x / scale);
}

const chain = [0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0];

test.each([
  [
    'vertices spread out',
    [
      [0.3, -1],
      [2, 0.5],
      [-0.7, 0.1],
      [0.2, 1.4],
    ],
  ],
  [
    'two vertices that all but coincide',
    [
      [0.3, -1],
      [0.304, -1.001],
      [-0.7, 0.1],
      [0.2, 1.4],
    ],
  ],
] as const)('a step is the definition, of %s', (_, start) => {
  const positions = Float64Array.from(start.flat());
  const step = layoutStep(4);
  step(positions, chain);
  const expected = textbook(start, chain);
  for (const [i, value] of expected.entries()) expect(positions[i]).toBeCloseTo(value, 12);
});

test('a vertex on which hardly any force acts hardly moves', () => {
  // In the middle of two others, by symmetry; it would go to and fro by a tenth of the width otherwise.
  const positions = Float64Array.of(-1, 0, 1e-4, 0, 1, 0);
  layoutStep(3)(positions, [0, 1, 0, 1, 0, 1, 0, 1, 0]);
  expect(Math.abs(positions[2]!)).toBeLessThan(2e-3);
});

test('vertices all in one place stay there, with finite numbers', () => {
  const positions = new Float64Array(6).fill(2);
  layoutStep(3)(positions, new Uint8Array(9));
  expect([...positions]).toEqual([0, 0, 0, 0, 0, 0]);
});

test.each([1, 2.5, NaN])('%s vertices are refused', (vertices) => {
  expect(() => layoutStep(vertices)).toThrow(
    `layoutStep: vertices must be an integer of at least 2, got ${vertices}`,
  );
});

test('arrays that are too short are refused', () => {
  expect(() => layoutStep(3)(new Float64Array(5), new Uint8Array(9))).toThrow(
    'must have 6 numbers and adjacency 9, got 5 and 9',
  );
});
