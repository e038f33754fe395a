import { generateTerrain } from '@aimle/datasets';
import { key } from '@aimle/random';
import { expect, test } from 'vitest';
import { cellsAlong, drawMap, type PathMaps, pathMetrics, withPaths } from '../src/index.js';

/** The least cost of any way from corner to corner, by walking all of them. */
function leastCost(costs: Float32Array, height: number, width: number): number {
  const seen = new Set<number>();
  const from = (cell: number): number => {
    if (cell === height * width - 1) return costs[cell]!;
    seen.add(cell);
    let least = Infinity;
    for (let next = 0; next < height * width; next++) {
      const down = Math.abs(Math.floor(next / width) - Math.floor(cell / width));
      const right = Math.abs((next % width) - (cell % width));
      if (Math.max(down, right) === 1 && !seen.has(next)) least = Math.min(least, from(next));
    }
    seen.delete(cell);
    return costs[cell]! + least;
  };
  return from(0);
}

test('the true path of a map costs the least of all ways there are', () => {
  const [count, height, width] = [12, 3, 4];
  const { costs, paths } = withPaths(generateTerrain({ count, height, width, key: key(4) }));
  for (let map = 0; map < count; map++) {
    const own = costs.subarray(map * 12, (map + 1) * 12);
    const cost = own.reduce((sum, cell, i) => sum + cell * paths[map * 12 + i]!, 0);
    expect(cost).toBeCloseTo(leastCost(own, height, width), 4);
  }
});

test('paths that come with maps are kept', () => {
  const maps = generateTerrain({ count: 1, height: 2, width: 2, key: key(0) });
  const paths = Uint8Array.of(1, 1, 0, 1);
  expect(withPaths({ ...maps, paths }).paths).toBe(paths);
});

test('metrics tell how much dearer a path is, whether it is optimal, and in how many cells it differs', () => {
  const maps: PathMaps = {
    ...generateTerrain({ count: 2, height: 2, width: 2, key: key(0) }),
    costs: Float32Array.of(1, 2, 2, 1, 1, 1, 2, 2),
    paths: Uint8Array.of(1, 0, 0, 1, 1, 0, 0, 1),
  };
  // The first path costs 4 and not 2; the second is the best one.
  const metrics = pathMetrics(Uint8Array.of(1, 1, 0, 1, 1, 0, 0, 1), maps);
  expect(metrics).toEqual({ cost_ratio: 1.5, optimal: 0.5, hamming: 0.5 });
});

test('another path that is as good counts as optimal', () => {
  const maps: PathMaps = {
    ...generateTerrain({ count: 1, height: 3, width: 3, key: key(0) }),
    // 0.3 + 0.3 and 0.2 + 0.4 are not quite the same in single precision.
    costs: Float32Array.of(1, 0.3, 9, 0.2, 9, 0.3, 9, 0.4, 1),
    paths: Uint8Array.of(1, 1, 0, 0, 0, 1, 0, 0, 1),
  };
  const metrics = pathMetrics(Uint8Array.of(1, 0, 0, 1, 0, 0, 0, 1, 1), maps);
  expect(metrics).toEqual({ cost_ratio: expect.closeTo(1, 6), optimal: 1, hamming: 4 });
});

test('a path is drawn from corner to corner, step by step', () => {
  const { pictures, paths } = withPaths(generateTerrain({ count: 1, height: 12, width: 15, key: key(7) }));
  const cells = cellsAlong(paths, 15);
  expect(cells.length).toBe(paths.reduce((sum, cell) => sum + cell, 0));
  expect([cells[0], cells.at(-1)]).toEqual([
    [0, 0],
    [11, 14],
  ]);
  cells.slice(1).forEach(([row, column], i) => {
    expect(Math.max(Math.abs(row - cells[i]![0]), Math.abs(column - cells[i]![1]))).toBe(1);
  });
  const svg = drawMap({ height: 12, width: 15, picture: pictures, path: paths, truth: paths });
  expect(svg.match(/<polyline points="4,4 [^"]* 116,92"/g)).toHaveLength(3);
});
