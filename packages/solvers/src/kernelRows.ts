import { type Kernels, kernels } from '@aimle/kernels';
import type { Sense } from './solver.js';

/** Numbers that are copied at a time: they stay in the first-level cache. */
const CHUNK = 4096;

/** A structure of @aimle/kernels. */
export interface KernelStructure {
  readonly size: number;
  readonly sense: Sense;
  /** Bytes that the kernels work in, and what sets them up there. */
  readonly room: number;
  set(kernels: Kernels, room: number): void;
}

/**
 * Solves every row: by kernels where they are loaded and its scores are finite, otherwise by `solveRow`, which also
 * finds the words for what is wrong. z must hold zeros.
 */
export function solveRows(
  structure: KernelStructure | null,
  theta: Float32Array,
  z: Float32Array,
  rows: number,
  solveRow: (row: number) => void,
): void {
  const loaded = structure === null ? null : kernels();
  if (structure === null || loaded === null) {
    for (let row = 0; row < rows; row++) solveRow(row);
    return;
  }
  const { memory, solveFiniteRows } = loaded;
  const { size, sense, room } = structure;
  const most = Math.min(rows, Math.max(1, Math.floor(CHUNK / size)));
  const [from, to, scores, state, roomAt] = memory.scratches(
    4 * most * size,
    4 * most * size,
    4 * (size + 32),
    4 * ((size >> 5) + 1),
    room,
  ) as [number, number, number, number, number];
  structure.set(loaded, roomAt);
  for (let row = 0; row < rows; ) {
    const count = Math.min(most, rows - row);
    memory.floats(from, count * size).set(theta.subarray(row * size, (row + count) * size));
    const solved = solveFiniteRows(sense === 'minimise', count, from, to, scores, state);
    z.set(memory.floats(to, solved * size), row * size);
    row += solved;
    if (solved < count) solveRow(row++);
  }
}
