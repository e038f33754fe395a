import type { Calls, Memory, Own, Team } from '@aimle/kernels';
import type { Sense } from '../solver.js';

/*
 * Large batches in the threads of the kernels, a piece at a time. Pieces are copied out in order and until the first
 * NaN, as one thread would.
 */

/** Numbers that are handed over at a time. */
const CHUNK = 16_384;
/** Longer rows would take too much memory, which each thread has for itself. */
const LONG = 2 ** 18;

/** The nanoseconds of a batch as teams count them: 0, for one thread, where rows are too long or too few to share. */
export function workOf(cost: number, size: number, rows: number): number {
  return rows < 2 || size > LONG ? 0 : cost * rows * size;
}

/** One of n. */
export interface Choice {
  readonly size: number;
  readonly sense: Sense;
}

/** Subsets with bounds. */
export interface Subsets extends Choice {
  readonly low: number;
  readonly high: number;
}

/** A batch, and the rows of a piece. */
interface Batch {
  readonly memory: Memory;
  readonly size: number;
  readonly theta: Float32Array;
  readonly rows: number;
  readonly most: number;
}

/** Solves for subsets, and returns how many rows come before a NaN. */
export function solveSubsetsInThreads(
  team: Team,
  memory: Memory,
  { size, low, high, sense }: Subsets,
  theta: Float32Array,
  z: Float32Array,
  rows: number,
): number {
  const most = rowsOfPiece(size);
  const { own, slots } = team.reserve({
    own: [4 * (size + 32), 4 * ((size >> 5) + 1), 8 * size + 1024],
    slot: [4 * (most * size + 32), 4 * most * size],
  });
  const [scores, state, room] = own as [Own, Own, Own];
  return solvePieces(team, { memory, size, theta, rows, most }, slots, {
    solve: (calls, count, from, to) =>
      calls.solveSubsets(size, low, high, sense === 'minimise', count, from, to, scores, state, room),
    copyOut: (row, count, to) => z.set(memory.floats(to, count * size), row * size),
  });
}

/** Marks the best of each row, and returns how many rows come before a NaN. */
export function solveCategoricalInThreads(
  team: Team,
  memory: Memory,
  { size, sense }: Choice,
  theta: Float32Array,
  z: Float32Array,
  rows: number,
): number {
  const most = rowsOfPiece(size);
  const { slots } = team.reserve({ slot: [4 * most * size, 4 * most] });
  z.fill(0);
  return solvePieces(team, { memory, size, theta, rows, most }, slots, {
    solve: (calls, count, from, to) => calls.solveCategorical(size, sense === 'minimise', count, from, to),
    copyOut(row, count, to) {
      const places = memory.words(to, count);
      for (let i = 0; i < count; i++) z[(row + i) * size + places[i]!] = 1;
    },
  });
}

/** An even number where it can be: shared memory is copied by eight bytes if a piece begins at eight. */
function rowsOfPiece(size: number): number {
  return Math.max(1, 2 * Math.floor(CHUNK / size / 2));
}

/** What is done with a piece, whose scores lie at the first of its addresses, and its states at the other. */
interface Piecework {
  solve(calls: Calls, count: number, from: number, to: number): void;
  copyOut(row: number, count: number, to: number): void;
}

function solvePieces(
  team: Team,
  { memory, size, theta, rows, most }: Batch,
  slots: readonly (readonly number[])[],
  { solve, copyOut }: Piecework,
): number {
  const countOf = (task: number) => Math.min(most, rows - task * most);
  let solvedRows = rows;
  team.run({
    tasks: Math.ceil(rows / most),
    perform(calls, task, slot) {
      const [from, to] = slots[slot] as [number, number];
      const [start, numbers] = [task * most * size, countOf(task) * size];
      memory.floats(from, numbers).set(theta.subarray(start, start + numbers));
      solve(calls, countOf(task), from, to);
    },
    finish(task, slot, solved) {
      if (solvedRows < rows) return;
      if (solved < countOf(task)) solvedRows = task * most + solved;
      else copyOut(task * most, countOf(task), slots[slot]![1]!);
    },
  });
  return solvedRows;
}
