import { ofTable } from './own';
import { tailOf } from './tails';
import { useKey, writeWords } from './threefry';

/*
 * Noise by its quantile function, tabulated as cubics of the tail probability: quantileTable.ts of @aimle/random says
 * how a table is made. The arithmetic and its order are those of that file, so the numbers are the same to the last bit.
 */

/** Cells of one side: 32 in each of 64 factors of two, and one for 1/2 itself. */
const CELLS: i32 = 2049;
/** A cell is the four coefficients of its cubic, in double precision: 2^5 bytes. */
const LOG_CELL_BYTES: i32 = 5;
export const SIDE_BYTES: i32 = CELLS << LOG_CELL_BYTES;
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

/**
 * Constants of the loop, which the compiler of the host would make again in every turn: it keeps what comes from memory
 * in registers.
 */
const CONSTANTS: usize = memory.data<u64>([
  // What makes halves of words doubles, and what is then subtracted: tails.ts.
  0x4130000041300000, 0x4130000041300000, 0x412fffffffffffff, 0x412fffffffffffff,
  // The edge of a cell in the bits of a double, and its number in those of the upper words.
  0xffff800000000000, 0xffff800000000000, 0xffffffe0ffffffe0, 0xffffffe0ffffffe0,
  // The bytes of one side's cells, and which halves are near an end: tails.ts.
  0x0001002000010020, 0x0001002000010020, 0x0040000000400000, 0x0040000000400000,
], 16);

/** Two quantiles, as the low two float32 lanes. */
// @ts-expect-error
@inline
function twoQuantiles(p: v128, edges: v128, cell0: usize, cell1: usize, shift: v128): v128 {
  // Each load brings two numbers of a cell; the shuffles turn two cells into pairs of the same coefficient.
  const low0 = v128.load(cell0);
  const low1 = v128.load(cell1);
  const high0 = v128.load(cell0, 16);
  const high1 = v128.load(cell1, 16);
  const value = v128.shuffle<f64>(low0, low1, 0, 2);
  const slope = v128.shuffle<f64>(low0, low1, 1, 3);
  const square = v128.shuffle<f64>(high0, high1, 0, 2);
  const cube = v128.shuffle<f64>(high0, high1, 1, 3);
  const d = f64x2.sub(p, v128.and(p, edges));
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

/** Replaces words by their draws, four at a time. */
function drawsOfWords(table: usize, shift: f64, key0: u32, key1: u32, first: u32, count: u32, at: usize): void {
  const exponent = v128.load(CONSTANTS);
  const offset = v128.load(CONSTANTS, 16);
  const edges = v128.load(CONSTANTS, 32);
  const cellBits = v128.load(CONSTANTS, 48);
  const sideBytes = v128.load(CONSTANTS, 64);
  const least = v128.load(CONSTANTS, 80);
  v128.store(ofTable, i32x4.splat(<i32>origin(table)));
  v128.store(ofTable, f64x2.splat(shift), 16);
  const begin = v128.load(ofTable);
  const shifts = v128.load(ofTable, 16);
  const end = at + (<usize>count << 2);
  for (; at < end; at += 16, first += 4) {
    const words = v128.load(at);
    const sides = i32x4.shr_s(words, 31);
    const half = v128.xor(words, sides);
    const p0 = f64x2.sub(v128.shuffle<i32>(half, exponent, 0, 4, 1, 5), offset);
    const p1 = f64x2.sub(v128.shuffle<i32>(half, exponent, 2, 6, 3, 7), offset);
    // The upper words of the doubles, shifted to where the number of a cell counts bytes.
    const uppers = i32x4.shr_u(v128.shuffle<i32>(p0, p1, 1, 3, 5, 7), CELL_BITS - 32 - LOG_CELL_BYTES);
    const cells = i32x4.add(v128.and(uppers, cellBits), v128.and(sides, sideBytes));
    // Four loads from memory are sooner than taking the lanes apart.
    v128.store(at, i32x4.add(cells, begin));
    const a = twoQuantiles(p0, edges, load<u32>(at), load<u32>(at, 4), shifts);
    const b = twoQuantiles(p1, edges, load<u32>(at, 8), load<u32>(at, 12), shifts);
    v128.store(at, v128.shuffle<i64>(a, b, 0, 2));
    const near = i32x4.lt_s(half, least);
    if (v128.any_true(near)) deepen(table, shift, key0, key1, first, words, i32x4.bitmask(near), at);
  }
}

/** Numbers that are made at a time, few enough to stay in the first-level cache. */
const AT_A_TIME: u32 = 512;

/**
 * Writes draws of the elements [first, first + count) of a stream, `first` even, as float32. Up to 31 numbers behind
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
  for (let done = first; done < end; done += AT_A_TIME) {
    const numbers = min(AT_A_TIME, end - done);
    writeWords(done, numbers, out);
    drawsOfWords(table, shift, key0, key1, done, numbers, out);
    out += AT_A_TIME << 2;
  }
}
