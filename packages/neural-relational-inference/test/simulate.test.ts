import { foldIn, key } from '@aimle/random';
import { expect, test } from 'vitest';
import { layoutStep, simulateGraphLayout } from '../src/index.js';

const origin = key(11);

test('a longer set begins with the shorter one, more frames with fewer, and parts are parts of the whole', () => {
  const whole = simulateGraphLayout({ count: 9, frames: 6, key: origin });
  const short = simulateGraphLayout({ count: 4, frames: 6, key: origin });
  expect(whole.positions.slice(0, short.positions.length)).toEqual(short.positions);
  const part = simulateGraphLayout({ count: 2, from: 5, frames: 6, key: origin });
  expect(whole.positions.slice(5 * 120, 7 * 120)).toEqual(part.positions);
  expect(whole.edges.slice(500, 700)).toEqual(part.edges);
  const early = simulateGraphLayout({ count: 1, frames: 2, key: origin });
  expect(whole.positions.slice(0, 40)).toEqual(early.positions);
  expect(simulateGraphLayout({ count: 4, frames: 6, key: foldIn(origin, 1) }).positions).not.toEqual(
    short.positions,
  );
});

test('edges are symmetric spanning trees, and every frame is a layout step after the one before', () => {
  const n = 7;
  const { positions, edges, frames, count } = simulateGraphLayout({
    count: 20,
    vertices: n,
    frames: 4,
    key: origin,
  });
  const step = layoutStep(n);
  let worst = 0;
  for (let i = 0; i < count; i++) {
    const adjacency = edges.subarray(i * n * n, (i + 1) * n * n);
    const reached = new Set([0]);
    for (let round = 0; round < n; round++) {
      for (const v of [...reached]) for (let w = 0; w < n; w++) if (adjacency[v * n + w]) reached.add(w);
    }
    expect(reached.size).toBe(n);
    expect(adjacency.reduce((sum, edge) => sum + edge, 0)).toBe(2 * (n - 1));
    for (let v = 0; v < n; v++)
      for (let w = 0; w < n; w++) expect(adjacency[v * n + w]).toBe(adjacency[w * n + v]);
    for (let frame = 0; frame + 1 < frames; frame++) {
      const at = (f: number, axis: number, v: number) => positions[((i * frames + f) * 2 + axis) * n + v]!;
      const state = Float64Array.from({ length: 2 * n }, (_, j) => at(frame, j % 2, j >> 1));
      step(state, adjacency);
      for (let j = 0; j < 2 * n; j++)
        worst = Math.max(worst, Math.abs(state[j]! - at(frame + 1, j % 2, j >> 1)));
    }
  }
  expect(worst).toBeLessThan(1e-5);
});

test('every edge is in the tree with probability 2 / n', () => {
  const n = 5;
  const count = 4000;
  const { edges } = simulateGraphLayout({ count, vertices: n, frames: 1, key: key(3) });
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      let share = 0;
      for (let s = 0; s < count; s++) share += edges[(s * n + i) * n + j]! / count;
      // Five standard errors of a share of 0.4.
      expect(Math.abs(share - 0.4)).toBeLessThan(5 * Math.sqrt(0.24 / count));
    }
  }
});

test.each([
  [{ count: -1 }, 'count must be an integer in [0, 10000000], got -1'],
  [{ count: 1, vertices: 1 }, 'vertices must be an integer in [2, 1000], got 1'],
  [{ count: 1, frames: 0 }, 'frames must be an integer in [1, 10000], got 0'],
])('%o is refused', (options, message) => {
  expect(() => simulateGraphLayout({ key: origin, ...options })).toThrow(`simulateGraphLayout: ${message}`);
});
