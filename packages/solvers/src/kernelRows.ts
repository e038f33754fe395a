import type { Kernels } from '@aimle/kernels';
import type { Sense } from './solver.js';
import { kernelsFor } from './subset/byKernel.js';

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
  const loaded = structure === null ? null : kernelsFor(structure.size, theta.length);
  if (structure === null || loaded === null) {
    for (let row = 0; row < rows; row++) solveRow(row);
    return;
  }
  const { memory, solveFiniteRows } = loaded;
  const { size, sense, room } = structure;
  const words = (size + 31) >>> 5;
  const most = Math.min(rows, Math.max(1, Math.floor(CHUNK / size)));
  const [from, to, roomAt] = memory.scratches(4 * most * size, 4 * most * words, room) as [
    number,
    number,
    number,
  ];
  structure.set(loaded, roomAt);
  for (let row = 0; row < rows; ) {
    const count = Math.min(most, rows - row);
    memory.floats(from, count * size).set(theta.subarray(row * size, (row + count) * size));
    const solved = solveFiniteRows(sense === 'minimise', count, from, to);
    const states = memory.words(to, solved * words);
    for (let i = 0; i < solved; i++, row++) markOnes(states, i * words, words, z, row * size);
    if (solved < count) solveRow(row++);
  }
}

/** Writes the ones of a state of that many words. */
function markOnes(states: Uint32Array, from: number, words: number, z: Float32Array, start: number): void {
  for (let word = 0; word < words; word++) {
    for (let bits = states[from + word]!; bits !== 0; bits &= bits - 1) {
      z[start + 32 * word + 31 - Math.clz32(bits & -bits)] = 1;
    }
  }
}
