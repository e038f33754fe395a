import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense, rejectCost, rejectInfeasible } from '../validation.js';
import { endPoint } from './endPoint.js';
import { gridLayout } from './gridLayout.js';
import { gridSearch } from './gridSearch.js';
import { terrain } from './terrain.js';

/**
 * Settings of {@link gridPath}.
 *
 * @example
 * ```ts
 * import { gridPath, type GridPathOptions } from '@aimle/solvers';
 *
 * const warcraft: GridPathOptions = { height: 12, width: 12 };
 * gridPath(warcraft).size // => 144
 * ```
 */
export interface GridPathOptions {
  /** Rows of the grid, at least 1; height * width is at most 10^7. */
  readonly height: number;
  /** Columns of the grid, at least 1. */
  readonly width: number;
  /** Whether a step leads to one of the 4 cells beside it, or of the 8 cells around it (the default). */
  readonly neighbours?: 4 | 8;
  /** Whether theta and z describe cells (`'vertex'`, the default) or the edges between them. */
  readonly weights?: 'vertex' | 'edge';
  /**
   * Where paths begin: a cell index, row * width + column, or `'context'` for one per instance, in `context.from`.
   * Default: 0.
   */
  readonly from?: number | 'context';
  /** Where paths end, given like `from`, with `context.to`. Default: the last cell, bottom right. */
  readonly to?: number | 'context';
  /**
   * With `'context'`, `context.passable` holds height * width numbers per instance: 1 where a path may go, 0 where not.
   */
  readonly passable?: 'context';
  /** Whether theta is costs (`'minimise'`, the default) or scores. */
  readonly sense?: Sense;
}

/**
 * Builds the grid-path solver: it marks the shortest path through a grid, by default from top left to bottom right.
 *
 * z(theta) = argmin of <theta, z> over the paths from `from` to `to`. Use it where a network predicts terrain costs
 * from an image and the loss depends only on the path, as for the Warcraft maps of Vlastelica et al. ("Differentiation
 * of blackbox combinatorial solvers", ICLR 2020); the defaults are theirs.
 *
 * With `weights: 'vertex'` theta has the cost of each cell, z marks the cells on the path, both ends included, and both
 * are height * width numbers, row by row. With `weights: 'edge'` they describe the edges, which lead both ways: first
 * all (r, c) - (r, c + 1), row by row, height * (width - 1) of them; then all (r, c) - (r + 1, c),
 * (height - 1) * width; with 8 neighbours then all (r, c) - (r + 1, c + 1), and all (r, c + 1) - (r + 1, c),
 * (height - 1) * (width - 1) each.
 *
 * theta must be costs of at least 0, or scores of at most 0 when maximising: with negative costs, shortest paths are a
 * much harder problem. Noise can make costs negative where theta is not: clip them at 0, or keep theta well above the
 * noise. `Infinity` forbids a cell or an edge (`-Infinity` when maximising).
 *
 * Ties: of equally good paths it takes one with the fewest steps; of these, from the start on, the one whose next cell
 * has the lowest index. Costs are summed in double precision from the end.
 *
 * Exact. Cost: O(n log n) per instance at worst for n = height * width, close to O(n) in practice, without allocation,
 * by Dijkstra's algorithm on a heap (Dijkstra, "A note on two problems in connexion with graphs", 1959), which stops
 * when it meets the start. Memory: about 50 bytes per cell, up to 75 with edges.
 *
 * @param options - the grid, the end points, and the sense.
 * @returns a solver with `kappa` = the number of ones in a path with the fewest steps on open terrain, or half of that
 * from corner to corner where the context gives an end point; at least 1.
 * @throws RangeError when an option is out of range; from `solve`, also for a negative cost, for a context that lacks
 * what was declared, and when no path leads to the end.
 *
 * @example
 * ```ts
 * import { gridPath } from '@aimle/solvers';
 *
 * const solver = gridPath({ height: 2, width: 3, neighbours: 4 });
 * const z = new Float32Array(6);
 * solver.solve(Float32Array.of(1, 9, 1, 1, 1, 1), z, 1);
 * Array.from(z) // => [1, 0, 0, 1, 1, 1]
 *
 * const walls = gridPath({ height: 2, width: 3, to: 2, passable: 'context' });
 * walls.solve(new Float32Array(6), z, 1, { passable: [1, 0, 1, 1, 1, 1] });
 * Array.from(z) // => [1, 0, 1, 0, 1, 0]
 * ```
 */
export function gridPath(options: GridPathOptions): Solver {
  checkOptions('gridPath', options, {
    height: true,
    width: true,
    neighbours: true,
    weights: true,
    from: true,
    to: true,
    passable: true,
    sense: true,
  });
  const { height, width, neighbours = 8, weights: of = 'vertex', sense = 'minimise' } = options;
  const name = 'gridPath';
  const maxCells = 10_000_000;
  checkInteger(name, 'height', height, 1, maxCells);
  checkInteger(name, 'width', width, 1, Math.floor(maxCells / height));
  checkOneOf(name, 'neighbours', neighbours, [4, 8]);
  checkOneOf(name, 'weights', of, ['vertex', 'edge']);
  checkOneOf(name, 'passable', options.passable, [undefined, 'context']);
  checkSense(name, sense);
  const cells = height * width;
  if (of === 'edge' && cells === 1) {
    throw new RangeError(`${name}: weights: 'edge' needs at least two cells, got a grid of one`);
  }
  const { from: begin = 0, to: end = cells - 1 } = options;
  const from = endPoint(name, 'from', begin, cells, 'cells');
  const to = endPoint(name, 'to', end, cells, 'cells');
  const ground = options.passable === undefined ? undefined : terrain(name, cells);
  const layout = gridLayout(height, width, neighbours, of);
  const { size, strips, length, leaving } = layout;
  const stride = width + 2;
  const sign = sense === 'minimise' ? 1 : -1;
  // The border, and the edges into it, stay infinite, because theta is never written there.
  const weights = new Float64Array(length).fill(Infinity);
  const search = gridSearch(layout, weights);

  function load(theta: Float32Array, row: number): void {
    const start = row * size;
    for (const { rows, columns, element, index } of strips) {
      for (let r = 0; r < rows; r++) {
        const source = element + r * columns;
        const target = index + r * stride;
        for (let c = 0; c < columns; c++) {
          const cost = sign * theta[start + source + c]!;
          if (!(cost >= 0)) rejectCost(name, sense, cost, row, layout.label(source + c));
          weights[target + c] = cost;
        }
      }
    }
  }

  function wall(cell: number): void {
    const bordered = layout.bordered(cell);
    for (const step of leaving) weights[bordered + step] = Infinity;
  }

  function place(cell: number): string {
    return `cell (${Math.floor(cell / width)}, ${cell % width})`;
  }

  return described(
    {
      name,
      size,
      sense,
      kappa: typicalOnes(height, width, neighbours, begin, end, of === 'vertex' ? 1 : 0),
      solve(theta, z, rows, context) {
        checkBatch(name, size, theta, z, rows);
        from.open(context, rows);
        to.open(context, rows);
        ground?.open(context, rows);
        z.fill(0);
        for (let row = 0; row < rows; row++) {
          load(theta, row);
          const start = from.of(row);
          const target = to.of(row);
          if (ground !== undefined) {
            for (let cell = 0; cell < cells; cell++) if (!ground.passable(row, cell)) wall(cell);
            if (!ground.passable(row, start)) {
              rejectInfeasible(name, row, `the path must begin at ${place(start)}, which is not passable`);
            }
          }
          if (!search(layout.bordered(start), layout.bordered(target), z, row * size)) {
            rejectInfeasible(name, row, `no path leads from ${place(start)} to ${place(target)}`);
          }
        }
      },
    },
    { height, width, neighbours, weights: of, from: begin, to: end, passable: options.passable, sense },
  );
}

function typicalOnes(
  height: number,
  width: number,
  neighbours: 4 | 8,
  from: number | 'context',
  to: number | 'context',
  extra: 0 | 1,
): number {
  const known = from !== 'context' && to !== 'context';
  const down = known ? Math.abs(Math.floor(from / width) - Math.floor(to / width)) : (height - 1) / 2;
  const right = known ? Math.abs((from % width) - (to % width)) : (width - 1) / 2;
  const steps = neighbours === 4 ? down + right : Math.max(down, right);
  return Math.max(1, Math.round(steps) + extra);
}

function checkOneOf<T>(solver: string, option: string, value: T, allowed: readonly T[]): void {
  if (!allowed.includes(value)) {
    const list = allowed.filter((each) => each !== undefined).map((each) => JSON.stringify(each));
    throw new RangeError(`${solver}: ${option} must be ${list.join(' or ')}, got ${JSON.stringify(value)}`);
  }
}
