import { type Kernels, kernels } from '@aimle/kernels';
import type { Sense } from '../solver.js';
import { rejectNaN } from '../validation.js';
import {
  type Choice,
  type Subsets,
  solveCategoricalInThreads,
  solveSubsetsInThreads,
  workOf,
} from './kernelThreads.js';

/** Numbers that are copied at a time: they stay in the first-level cache. */
const CHUNK = 4096;
/** For fewer numbers a call of a kernel costs more than it saves: measured in bench/. */
const FEW = 64;
/** Nanoseconds for each number, about. */
const COST_OF_SUBSETS = 3;
const COST_OF_SCAN = 0.6;
/** Longer rows would take too much of the kernels' memory, which does not shrink. */
const MANY = 2 ** 22;

/** The kernels, for a batch that is worth them. */
export function kernelsFor(size: number, numbers: number): Kernels | null {
  return numbers < FEW || size > MANY ? null : kernels();
}

/** Solves for subsets of at least `low` and at most `high` items. */
export function solveSubsets(
  kernels: Kernels,
  solver: string,
  subsets: Subsets,
  theta: Float32Array,
  z: Float32Array,
  rows: number,
): void {
  const { size, low, high, sense } = subsets;
  const { memory, solveSubsets: solve } = kernels;
  const team = kernels.team(workOf(COST_OF_SUBSETS, size, rows));
  if (team.threads > 1) {
    const solved = solveSubsetsInThreads(team, memory, subsets, theta, z, rows);
    if (solved < rows) rejectFirstNaN(solver, size, theta, solved);
    return;
  }
  const most = Math.min(rows, Math.max(1, Math.floor(CHUNK / size)));
  // A single row is solved where it lies, so that a long one needs no more room than it must.
  const apart = most > 1;
  const [from, states, rowScores, state, room] = memory.scratches(
    4 * (most * size + 32),
    apart ? 4 * most * size : 0,
    apart ? 4 * (size + 32) : 0,
    4 * ((size >> 5) + 1),
    8 * size + 1024,
  ) as [number, number, number, number, number];
  const [to, scores] = apart ? [states, rowScores] : [from, from];
  const minimise = sense === 'minimise';
  for (let row = 0; row < rows; row += most) {
    const count = Math.min(most, rows - row);
    const start = row * size;
    memory.floats(from, count * size).set(theta.subarray(start, start + count * size));
    const solved = solve(size, low, high, minimise, count, from, to, scores, state, room);
    if (solved < count) rejectFirstNaN(solver, size, theta, row + solved);
    z.set(memory.floats(to, count * size), start);
  }
}

/** Marks the best of each row. */
export function solveCategorical(
  kernels: Kernels,
  solver: string,
  choice: Choice,
  theta: Float32Array,
  z: Float32Array,
  rows: number,
): void {
  const { size, sense } = choice;
  const { memory, solveCategorical: solve } = kernels;
  const team = kernels.team(workOf(COST_OF_SCAN, size, rows));
  if (team.threads > 1) {
    const solved = solveCategoricalInThreads(team, memory, choice, theta, z, rows);
    if (solved < rows) rejectFirstNaN(solver, size, theta, solved);
    return;
  }
  const most = Math.min(rows, Math.max(1, Math.floor(CHUNK / size)));
  const [from, to] = memory.scratches(4 * most * size, 4 * most) as [number, number];
  z.fill(0);
  for (let row = 0; row < rows; row += most) {
    const count = Math.min(most, rows - row);
    const start = row * size;
    memory.floats(from, count * size).set(theta.subarray(start, start + count * size));
    const solved = solve(size, sense === 'minimise', count, from, to);
    if (solved < count) rejectFirstNaN(solver, size, theta, row + solved);
    const places = memory.words(to, count);
    for (let i = 0; i < count; i++) z[start + i * size + places[i]!] = 1;
  }
}

/** Marks each score of 0 or more. */
export function solveBernoulli(
  { memory, solveBernoulli: solve }: Kernels,
  solver: string,
  { size, sense }: { size: number; sense: Sense },
  theta: Float32Array,
  z: Float32Array,
): void {
  const [from, to] = memory.scratches(4 * CHUNK, 4 * CHUNK) as [number, number];
  for (let start = 0; start < theta.length; start += CHUNK) {
    const count = Math.min(CHUNK, theta.length - start);
    memory.floats(from, count).set(theta.subarray(start, start + count));
    if (!solve(sense === 'minimise', count, from, to)) {
      rejectFirstNaN(solver, size, theta, Math.floor(start / size));
    }
    z.set(memory.floats(to, count), start);
  }
}

/** Names the first NaN from a row on. */
function rejectFirstNaN(solver: string, size: number, theta: Float32Array, row: number): never {
  let at = row * size;
  while (!Number.isNaN(theta[at])) at++;
  rejectNaN(solver, Math.floor(at / size), `element ${at % size}`);
}
