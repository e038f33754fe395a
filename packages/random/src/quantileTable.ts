import { type Kernels, kernels } from '@aimle/kernels';
import { requireKey } from './constraints.js';
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
/** Numbers per cell: where it starts, and the four coefficients of its cubic. */
export const STRIDE = 5;

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
    const width = edge(i + 1) - edge(i);
    const secant = (next.value - value) / width;
    const square = (3 * secant - 2 * slope - next.slope) / width;
    const cube = (slope + next.slope - 2 * secant) / width / width;
    cells.set([edge(i), value, slope, square, cube], at + i * STRIDE);
  }
  cells.set([0.5, nodes[CELLS - 1]!.value, 0, 0, 0], at + (CELLS - 1) * STRIDE);
}

/** Replaces tails by quantiles, and adds `shift` to each. */
function quantilesInPlace(cells: Float64Array, shift: number, tails: Float64Array, count: number): void {
  const highWords = new Int32Array(tails.buffer, tails.byteOffset, 2 * count);
  for (let i = 0; i < count; i++) {
    const high = highWords[2 * i + HIGH]!;
    const at = ((((high & 0x7fffffff) >> SHIFT) - FIRST + ((high >> 31) & CELLS)) * STRIDE) | 0;
    const d = Math.abs(tails[i]!) - cells[at]!;
    tails[i] = cells[at + 1]! + d * (cells[at + 2]! + d * (cells[at + 3]! + d * cells[at + 4]!)) + shift;
  }
}

/** Draws per call of the kernel, few enough to stay in the second-level cache. */
const CHUNK = 8192;

/** Fills with the quantiles of a table, plus a shift. */
export function fillFromTable(
  caller: string,
  key: Key,
  out: Float32Array,
  cells: Float64Array,
  shift: number,
): void {
  const kernel = kernels();
  if (kernel === null || !(out instanceof Float32Array)) {
    fillByQuantiles(caller, key, out, (tails, count) => quantilesInPlace(cells, shift, tails, count));
    return;
  }
  requireKey(caller, key);
  fillByKernel(kernel, key, out, cells, shift);
}

function fillByKernel(
  { memory, fillFromTable: fill }: Kernels,
  key: Key,
  out: Float32Array,
  cells: Float64Array,
  shift: number,
): void {
  const table = memory.table(cells);
  const at = memory.scratch(4 * Math.min(CHUNK, out.length));
  for (let first = 0; first < out.length; first += CHUNK) {
    const count = Math.min(CHUNK, out.length - first);
    fill(table, shift, key[0], key[1], first, count, at);
    out.set(memory.floats(at, count), first);
  }
}
