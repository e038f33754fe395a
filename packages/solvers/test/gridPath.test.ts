import { describe, expect, it } from 'vitest';
import { type GridPathOptions, gridPath } from '../src/index.js';
import { integers, multiples } from './randomGraphs.js';

/** Elements of theta by pair of neighbouring cells, from the layout that the documentation gives. */
function edgeElements(height: number, width: number, neighbours: 4 | 8): Map<string, number> {
  const elements = new Map<string, number>();
  const add = (r: number, c: number, toR: number, toC: number): void => {
    const [a, b, element] = [r * width + c, toR * width + toC, elements.size / 2];
    elements.set(`${a} ${b}`, element).set(`${b} ${a}`, element);
  };
  for (let r = 0; r < height; r++) for (let c = 0; c + 1 < width; c++) add(r, c, r, c + 1);
  for (let r = 0; r + 1 < height; r++) for (let c = 0; c < width; c++) add(r, c, r + 1, c);
  if (neighbours === 4) return elements;
  for (let r = 0; r + 1 < height; r++) for (let c = 0; c + 1 < width; c++) add(r, c, r + 1, c + 1);
  for (let r = 0; r + 1 < height; r++) for (let c = 0; c + 1 < width; c++) add(r, c + 1, r + 1, c);
  return elements;
}

/** The minimum cost by Bellman-Ford: all edges relaxed until nothing changes. */
function bellmanFord(
  theta: Float32Array,
  { height, width, neighbours = 8, weights = 'vertex' }: GridPathOptions,
  from: number,
  to: number,
  passable: (cell: number) => boolean = () => true,
): number {
  const edges = [...edgeElements(height, width, neighbours)].map(
    ([pair, element]) => [...pair.split(' ').map(Number), element] as [number, number, number],
  );
  const cost = Array<number>(height * width).fill(Infinity);
  if (passable(from)) cost[from] = weights === 'vertex' ? theta[from]! : 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (const [a, b, element] of edges) {
      const offer = cost[a]! + theta[weights === 'vertex' ? b : element]!;
      if (offer < cost[b]! && passable(b)) {
        cost[b] = offer;
        changed = true;
      }
    }
  }
  return cost[to]!;
}

const dot = (theta: Float32Array, z: Float32Array): number =>
  z.reduce((sum, one, i) => sum + (one === 0 ? 0 : theta[i]!), 0);

/** Walks from `from` over the marked elements, and returns where it ends once all of them are used up. */
function endOfWalk(z: Float32Array, options: GridPathOptions, from: number): number {
  const { height, width, neighbours = 8, weights = 'vertex' } = options;
  const elements = edgeElements(height, width, neighbours);
  const left = z.slice();
  let cell = from;
  if (weights === 'vertex') left[from] = 0;
  for (;;) {
    const next = Array.from({ length: height * width }, (_, other) => other).find((other) => {
      const element = elements.get(`${cell} ${other}`);
      return element !== undefined && left[weights === 'vertex' ? other : element] === 1;
    });
    if (next === undefined) break;
    left[weights === 'vertex' ? next : elements.get(`${cell} ${next}`)!] = 0;
    cell = next;
  }
  expect(left.every((one) => one === 0)).toBe(true);
  return cell;
}

describe('gridPath', () => {
  const grids: GridPathOptions[] = ([4, 8] as const).flatMap((neighbours) =>
    (['vertex', 'edge'] as const).flatMap((weights) => [
      { height: 12, width: 12, neighbours, weights },
      { height: 7, width: 20, neighbours, weights },
      { height: 25, width: 1, neighbours, weights },
    ]),
  );

  it('finds one unbroken path of the cost that Bellman-Ford finds, tied or spread, with masks', () => {
    for (const options of grids) {
      const solver = gridPath(options);
      for (const levels of [2, 5, 1_000_000]) {
        const theta = multiples(levels, solver.size, 0, levels, 2 ** -10);
        if (options.width > 1) for (let i = 5; i < theta.length; i += 9) theta[i] = Infinity;
        const z = new Float32Array(solver.size);
        solver.solve(theta, z, 1);
        const last = options.height * options.width - 1;
        expect(dot(theta, z)).toBe(bellmanFord(theta, options, 0, last));
        expect(endOfWalk(z, options, 0)).toBe(last);
      }
    }
  });

  it('reads end points and walls per instance, and names the instance without a path', () => {
    for (const grid of grids.slice(0, 8)) {
      const options = { ...grid, from: 'context', to: 'context', passable: 'context' } as const;
      const solver = gridPath(options);
      const [rows, cells] = [8, grid.height * grid.width];
      const theta = multiples(3, rows * solver.size, 0, 100, 2 ** -3);
      const from = integers(4, rows, 0, cells);
      const to = integers(5, rows, 0, cells);
      const passable = integers(6, rows * cells, 0, 5).map((x) => Math.min(x, 1));
      let solved = 0;
      for (let row = 0; row < rows; row++) {
        const z = new Float32Array(solver.size);
        const one = theta.subarray(row * solver.size, (row + 1) * solver.size);
        const ground = passable.subarray(row * cells, (row + 1) * cells);
        const context = { from: [from[row]!], to: [to[row]!], passable: ground };
        const best = bellmanFord(one, grid, from[row]!, to[row]!, (cell) => ground[cell] === 1);
        if (best === Infinity) {
          expect(() => solver.solve(one, z, 1, context)).toThrow('gridPath: instance 0 has no solution');
        } else {
          solver.solve(one, z, 1, context);
          expect(dot(one, z)).toBe(best);
          solved++;
        }
      }
      expect(solved).toBeGreaterThan(0);
    }
  });

  it('of equally short paths takes the fewest steps, then the lowest cell first', () => {
    const z = new Float32Array(9);
    gridPath({ height: 3, width: 3 }).solve(new Float32Array(9), z, 1);
    expect(Array.from(z)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    gridPath({ height: 3, width: 3, neighbours: 4 }).solve(new Float32Array(9), z, 1);
    expect(Array.from(z)).toEqual([1, 1, 1, 0, 0, 1, 0, 0, 1]);
    gridPath({ height: 3, width: 3, neighbours: 4, from: 8, to: 0 }).solve(new Float32Array(9), z, 1);
    expect(Array.from(z)).toEqual([1, 1, 1, 0, 0, 1, 0, 0, 1]);
  });

  it('marks one cell, or no edge, where a path ends where it begins', () => {
    const z = new Float32Array(4).fill(NaN);
    gridPath({ height: 2, width: 2, from: 1, to: 1 }).solve(new Float32Array(4).fill(3), z, 1);
    expect(Array.from(z)).toEqual([0, 1, 0, 0]);
    const edges = gridPath({ height: 2, width: 2, neighbours: 4, weights: 'edge', from: 1, to: 1 });
    edges.solve(new Float32Array(4).fill(3), z, 1);
    expect(Array.from(z)).toEqual([0, 0, 0, 0]);
    expect(edges.kappa).toBe(1);
  });

  it('finds its way through a maze of a million cells', () => {
    // Walls in every second row but for one gap, right and left in turn: the only way winds through all of it.
    const n = 1001;
    const theta = new Float32Array(n * n).fill(1);
    for (let r = 1; r < n; r += 2) {
      for (let c = 0; c < n; c++) if (c !== (r % 4 === 1 ? n - 1 : 0)) theta[r * n + c] = Infinity;
    }
    const z = new Float32Array(n * n);
    gridPath({ height: n, width: n, neighbours: 4 }).solve(theta, z, 1);
    expect(dot(theta, z)).toBe(501 * n + 500);
  });

  it('names the instance and the cell or edge of a cost that is negative, or NaN', () => {
    const cells = gridPath({ height: 2, width: 3 });
    const theta = new Float32Array(12);
    theta[10] = -0.5;
    expect(() => cells.solve(theta, new Float32Array(12), 2)).toThrow(
      /^gridPath: theta must hold costs of at least 0, got -0.5 in instance 1 at cell \(1, 1\); clip theta at 0/,
    );
    const scores = gridPath({ height: 2, width: 3, sense: 'maximise' });
    theta[10] = 2;
    expect(() => scores.solve(theta, new Float32Array(12), 2)).toThrow(
      'theta must hold scores of at most 0, costs negated, got 2 in instance 1 at cell (1, 1)',
    );
    const edges = gridPath({ height: 2, width: 3, weights: 'edge' });
    const labels = Array.from({ length: edges.size }, (_, i) => {
      const broken = new Float32Array(edges.size);
      broken[i] = NaN;
      try {
        edges.solve(broken, new Float32Array(edges.size), 1);
        return '';
      } catch (error) {
        return /at (edge .*);/.exec(String(error))![1];
      }
    });
    expect(labels).toEqual([
      'edge (0, 0) - (0, 1)',
      'edge (0, 1) - (0, 2)',
      'edge (1, 0) - (1, 1)',
      'edge (1, 1) - (1, 2)',
      'edge (0, 0) - (1, 0)',
      'edge (0, 1) - (1, 1)',
      'edge (0, 2) - (1, 2)',
      'edge (0, 0) - (1, 1)',
      'edge (0, 1) - (1, 2)',
      'edge (0, 1) - (1, 0)',
      'edge (0, 2) - (1, 1)',
    ]);
  });

  it('names the end of the path that is walled in', () => {
    const solver = gridPath({ height: 1, width: 3, weights: 'edge', from: 'context', passable: 'context' });
    const solve = (from: number, passable: number[]) => () =>
      solver.solve(new Float32Array(2), new Float32Array(2), 1, { from: [from], passable });
    expect(solve(2, [1, 1, 0])).toThrow(
      'gridPath: instance 0 has no solution: the path must begin at cell (0, 2), which is not passable',
    );
    expect(solve(0, [1, 0, 1])).toThrow('no path leads from cell (0, 0) to cell (0, 2)');
    expect(solve(3, [1, 1, 1])).toThrow(
      'gridPath: context.from must hold cells, integers in [0, 2], got 3 in instance 0',
    );
    expect(solve(0, [1, 0.5, 1])).toThrow(
      'gridPath: context.passable must hold 1 (passable) or 0 (not), got 0.5 in instance 0 at cell 1',
    );
  });

  it('refuses options out of range', () => {
    expect(() => gridPath({ height: 0, width: 3 })).toThrow(
      'height must be an integer in [1, 10000000], got 0',
    );
    expect(() => gridPath({ height: 4000, width: 4000 })).toThrow(
      'width must be an integer in [1, 2500], got 4000',
    );
    expect(() => gridPath({ height: 2, width: 2, to: 4 })).toThrow('to must be an integer in [0, 3], got 4');
    expect(() => gridPath({ height: 2, width: 2, neighbours: 6 as 8 })).toThrow(
      'neighbours must be 4 or 8, got 6',
    );
    expect(() => gridPath({ height: 2, width: 2, weights: 'cell' as 'edge' })).toThrow(
      'weights must be "vertex" or "edge", got "cell"',
    );
    expect(() => gridPath({ height: 2, width: 2, passable: [1] as unknown as 'context' })).toThrow(
      'passable must be "context", got [1]',
    );
    expect(() => gridPath({ height: 1, width: 1, weights: 'edge' })).toThrow('needs at least two cells');
  });
});
