import { kernels } from '@aimle/kernels';
import { requireFloats, requireKey } from './constraints.js';
import { fillByKernel } from './fillByKernel.js';
import type { Key } from './key.js';
import { fillByQuantiles, MIN_TAIL } from './tails.js';

/*
 * A quantile function as cubics of the tail probability p, for p in [2^-65, 1/2] on either side. Cell edges are
 * the doubles with five leading mantissa bits, so the high word of p is the index of its cell, and cells shrink
 * with p as the curvature grows. On a cell the cubic has the true values and slopes at both ends (Hermite), so
 * the whole is smooth, and wrong by at most width^4 / 384 times the largest fourth derivative.
 */

/** A double's high word has 20 mantissa bits. Shifting leaves five of them, which number the cells. */
const SHIFT = 15;
/** Cells in each factor of two of the tail probability. */
const CELLS_PER_OCTAVE = 2 ** (20 - SHIFT);
/** 2^-65, ..., 2^-1 */
const OCTAVES = 64;
/** Cells on one side: those of the octaves, and a constant cell for p = 1/2 itself. */
export const CELLS = OCTAVES * CELLS_PER_OCTAVE + 1;
/** Numbers per cell: the four coefficients of its cubic. */
export const STRIDE = 4;

const words = new Int32Array(2);
const double = new Float64Array(words.buffer);
/** The index of the high word of a double on this machine. */
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
double[0] = MIN_TAIL;
const FIRST = words[HIGH]! >> SHIFT;

/** A noise as a table of its quantiles: what kernels draw it from. */
export interface NoiseTable {
  /** The cubics, in the layout of this file. The array never changes. */
  readonly cells: Float64Array;
  /** Added to every quantile. */
  readonly shift: number;
}

/** The tail probability at which cell i of a side begins. */
export function edge(i: number): number {
  return (1 + (i % CELLS_PER_OCTAVE) / CELLS_PER_OCTAVE) * MIN_TAIL * 2 ** Math.floor(i / CELLS_PER_OCTAVE);
}

const edges = Float64Array.from({ length: CELLS }, (_, i) => edge(i));

/** A quantile, and its slope in the tail probability p. */
export interface Node {
  readonly value: number;
  readonly slope: number;
}

/** Builds the cells of the lower side, then those of the upper side, from the nodes at the cell edges. */
export function cellsOf(lower: readonly Node[], upper: readonly Node[]): Float64Array {
  const cells = new Float64Array(2 * CELLS * STRIDE);
  writeSide(cells, 0, lower);
  writeSide(cells, CELLS * STRIDE, upper);
  return cells;
}

function writeSide(cells: Float64Array, at: number, nodes: readonly Node[]): void {
  for (let i = 0; i < CELLS - 1; i++) {
    const { value, slope } = nodes[i]!;
    const next = nodes[i + 1]!;
    const width = edges[i + 1]! - edges[i]!;
    const secant = (next.value - value) / width;
    const square = (3 * secant - 2 * slope - next.slope) / width;
    const cube = (slope + next.slope - 2 * secant) / width / width;
    cells.set([value, slope, square, cube], at + i * STRIDE);
  }
  cells[at + (CELLS - 1) * STRIDE] = nodes[CELLS - 1]!.value;
}

/** Replaces tails by quantiles, and adds `shift` to each. */
export function quantilesInPlace(
  cells: Float64Array,
  shift: number,
  tails: Float64Array,
  count: number,
): void {
  const highWords = new Int32Array(tails.buffer, tails.byteOffset, 2 * count);
  for (let i = 0; i < count; i++) {
    const high = highWords[2 * i + HIGH]!;
    const cell = ((high & 0x7fffffff) >> SHIFT) - FIRST;
    const at = ((cell + ((high >> 31) & CELLS)) * STRIDE) | 0;
    const d = Math.abs(tails[i]!) - edges[cell]!;
    tails[i] = cells[at]! + d * (cells[at + 1]! + d * (cells[at + 2]! + d * cells[at + 3]!)) + shift;
  }
}

/** Fills with the quantiles of a table, plus a shift. */
export function fillFromTable(
  caller: string,
  key: Key,
  out: Float32Array,
  cells: Float64Array,
  shift: number,
): void {
  requireKey(caller, key);
  requireFloats(caller, out);
  const kernel = out instanceof Float32Array ? kernels() : null;
  if (kernel === null) {
    fillByQuantiles(caller, key, out, (tails, count) => quantilesInPlace(cells, shift, tails, count));
    return;
  }
  const table = kernel.memory.table(cells);
  fillByKernel(kernel, out, 3, (fillers, first, count, at) =>
    fillers.fillFromTable(table, shift, key[0], key[1], first, count, at),
  );
}
