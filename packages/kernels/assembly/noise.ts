import { highTails, lowTails, nearEnd, tailOf } from './tails';
import { eightBlocks, first0, first1, highWords, lowWords, second0, second1, useKey } from './threefry';

/*
 * Noise by its quantile function, tabulated as cubics of the tail probability: quantileTable.ts of @aimle/random says
 * how a table is made. The arithmetic and its order are those of that file, so the numbers are the same to the last bit.
 */

/** Cells of one side: 32 in each of 64 factors of two, and one for 1/2 itself. */
const CELLS: i32 = 2049;
/** A cell is the four coefficients of its cubic, in double precision: 2^5 bytes. */
const LOG_CELL_BYTES: i32 = 5;
/** The bits of a double that number its cell, 5 of the mantissa and the exponent, begin here. They are also its edge. */
const CELL_BITS: i32 = 47;
/** The cell of 2^-65, if the cell of 0 were the first. */
const FIRST_CELL: i32 = (1023 - 65) << 5;

/** Where the table would begin if it had a cell for 0. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function origin(table: usize): usize {
  return table - (<usize>FIRST_CELL << LOG_CELL_BYTES);
}

/** The edge at which the cell of each p begins. */
// @ts-expect-error
@inline
function edges(p: v128): v128 {
  return v128.and(p, i64x2.splat(-1 << CELL_BITS));
}

/** Two quantiles, as the low two float32 lanes. */
// @ts-expect-error
@inline
function twoQuantiles(p: v128, cell0: usize, cell1: usize, shift: v128): v128 {
  // Each load brings two numbers of a cell; the shuffles turn two cells into pairs of the same coefficient.
  const low0 = v128.load(cell0);
  const low1 = v128.load(cell1);
  const high0 = v128.load(cell0, 16);
  const high1 = v128.load(cell1, 16);
  const value = v128.shuffle<f64>(low0, low1, 0, 2);
  const slope = v128.shuffle<f64>(low0, low1, 1, 3);
  const square = v128.shuffle<f64>(high0, high1, 0, 2);
  const cube = v128.shuffle<f64>(high0, high1, 1, 3);
  const d = f64x2.sub(p, edges(p));
  let sum = f64x2.add(square, f64x2.mul(d, cube));
  sum = f64x2.add(slope, f64x2.mul(d, sum));
  sum = f64x2.add(value, f64x2.mul(d, sum));
  return f32x4.demote_f64x2_zero(f64x2.add(sum, shift));
}

/** One quantile near an end, where 32 more bits are drawn. */
function deepQuantile(table: usize, shift: f64, key0: u32, key1: u32, element: u32, word: i32): f32 {
  const p = tailOf(key0, key1, element, word ^ (word >> 31));
  const bits = reinterpret<u64>(p);
  const index = <i32>(bits >> CELL_BITS) + ((word >> 31) & CELLS);
  const cell = origin(table) + (<usize>index << LOG_CELL_BYTES);
  const d = p - reinterpret<f64>((bits >> CELL_BITS) << CELL_BITS);
  return <f32>(
    load<f64>(cell) + d * (load<f64>(cell, 8) + d * (load<f64>(cell, 16) + d * load<f64>(cell, 24))) + shift
  );
}

/** Replaces the draws near an end among four. */
function deepen(table: usize, shift: f64, key0: u32, key1: u32, first: u32, words: v128, near: i32, out: usize): void {
  if (near & 1) store<f32>(out, deepQuantile(table, shift, key0, key1, first, i32x4.extract_lane(words, 0)));
  if (near & 2) store<f32>(out, deepQuantile(table, shift, key0, key1, first + 1, i32x4.extract_lane(words, 1)), 4);
  if (near & 4) store<f32>(out, deepQuantile(table, shift, key0, key1, first + 2, i32x4.extract_lane(words, 2)), 8);
  if (near & 8) store<f32>(out, deepQuantile(table, shift, key0, key1, first + 3, i32x4.extract_lane(words, 3)), 12);
}

/** Writes four draws from their words. */
// @ts-expect-error
@inline
function fourDraws(table: usize, shift: f64, key0: u32, key1: u32, first: u32, words: v128, out: usize): void {
  const sides = i32x4.shr_s(words, 31);
  const half = v128.xor(words, sides);
  const p0 = lowTails(half);
  const p1 = highTails(half);
  const index = v128.shuffle<i32>(i64x2.shr_u(p0, CELL_BITS), i64x2.shr_u(p1, CELL_BITS), 0, 2, 4, 6);
  const places = i32x4.shl(i32x4.add(index, v128.and(sides, i32x4.splat(CELLS))), LOG_CELL_BYTES);
  const cells = i32x4.add(places, i32x4.splat(<i32>origin(table)));
  const shifts = f64x2.splat(shift);
  const a = twoQuantiles(p0, i32x4.extract_lane(cells, 0), i32x4.extract_lane(cells, 1), shifts);
  const b = twoQuantiles(p1, i32x4.extract_lane(cells, 2), i32x4.extract_lane(cells, 3), shifts);
  v128.store(out, v128.shuffle<i64>(a, b, 0, 2));
  const near = nearEnd(half);
  if (v128.any_true(near)) deepen(table, shift, key0, key1, first, words, i32x4.bitmask(near), out);
}

/**
 * Writes draws of the elements [first, first + count) of a stream, `first` even, as float32. Up to three numbers behind
 * the last are overwritten too.
 */
export function fillFromTable(
  table: usize,
  shift: f64,
  key0: u32,
  key1: u32,
  first: u32,
  count: u32,
  out: usize,
): void {
  useKey(key0, key1);
  const end = first + count;
  for (let at = first; at < end; at += 16, out += 64) {
    eightBlocks(at >> 1);
    fourDraws(table, shift, key0, key1, at, lowWords(first0, second0), out);
    if (at + 4 < end) fourDraws(table, shift, key0, key1, at + 4, highWords(first0, second0), out + 16);
    if (at + 8 < end) fourDraws(table, shift, key0, key1, at + 8, lowWords(first1, second1), out + 32);
    if (at + 12 < end) fourDraws(table, shift, key0, key1, at + 12, highWords(first1, second1), out + 48);
  }
}
