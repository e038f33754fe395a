import { deeperBits, firstWords, fourBlocks, secondWords } from './threefry';

/*
 * Noise by its quantile function, tabulated as cubics of the tail probability: quantileTable.ts of @aimle/random says
 * how a table is made. The arithmetic and its order are those of that file, so the numbers are the same to the last bit.
 */

/** Bytes of a cell: where it starts, and the four coefficients of its cubic, in double precision. */
const CELL: usize = 40;
/** Cells of one side: 32 in each of 64 factors of two, and one for 1/2 itself. */
const CELLS: i32 = 2049;
/** The first twelve bits of the exponent and five of the mantissa of the smallest tail, 2^-65. */
const FIRST_CELL: i32 = (1023 - 65) << 5;
/** A smaller half of a word is near an end: more bits are drawn. */
const NEAR_END: i32 = 1 << 22;

/** The address of the cell of a tail probability p on the side of its word. */
// @ts-expect-error
@inline
function cellOf(table: usize, p: f64, word: i32): usize {
  const cell = <i32>(reinterpret<u64>(p) >> 47) - FIRST_CELL + ((word >> 31) & CELLS);
  return table + <usize>cell * CELL;
}

/** Two quantiles, as the low two float32 lanes. */
// @ts-expect-error
@inline
function twoQuantiles(table: usize, shift: v128, p: v128, word0: i32, word1: i32): v128 {
  const c0 = cellOf(table, f64x2.extract_lane(p, 0), word0);
  const c1 = cellOf(table, f64x2.extract_lane(p, 1), word1);
  // Each load brings two numbers of a cell; the shuffles turn two cells into pairs of the same coefficient.
  const start0 = v128.load(c0);
  const start1 = v128.load(c1);
  const middle0 = v128.load(c0, 16);
  const middle1 = v128.load(c1, 16);
  const start = v128.shuffle<f64>(start0, start1, 0, 2);
  const value = v128.shuffle<f64>(start0, start1, 1, 3);
  const slope = v128.shuffle<f64>(middle0, middle1, 0, 2);
  const square = v128.shuffle<f64>(middle0, middle1, 1, 3);
  const cube = v128.load_lane<f64>(c1, v128.load64_zero(c0, 32), 1, 32);
  const d = f64x2.sub(p, start);
  let sum = f64x2.add(square, f64x2.mul(d, cube));
  sum = f64x2.add(slope, f64x2.mul(d, sum));
  sum = f64x2.add(value, f64x2.mul(d, sum));
  return f32x4.demote_f64x2_zero(f64x2.add(sum, shift));
}

/** One quantile near an end, where 32 more bits are drawn. */
function deepQuantile(table: usize, shift: f64, key0: u32, key1: u32, element: u32, word: i32): f32 {
  const half = word ^ (word >> 31);
  const p = (<f64>half + (<f64>deeperBits(key0, key1, element) + 0.5) * 2.3283064365386963e-10) * 2.3283064365386963e-10;
  const cell = cellOf(table, p, word);
  const d = p - load<f64>(cell);
  return <f32>(
    load<f64>(cell, 8) + d * (load<f64>(cell, 16) + d * (load<f64>(cell, 24) + d * load<f64>(cell, 32))) + shift
  );
}

/** Writes four draws from their words. */
// @ts-expect-error
@inline
function fourDraws(table: usize, shift: f64, key0: u32, key1: u32, first: u32, words: v128, out: usize): void {
  const half = v128.xor(words, i32x4.shr_s(words, 31));
  const scale = f64x2.splat(2.3283064365386963e-10);
  const middle = f64x2.splat(0.5);
  const shifts = f64x2.splat(shift);
  const low = f64x2.mul(f64x2.add(f64x2.convert_low_i32x4_s(half), middle), scale);
  const upper = v128.shuffle<i32>(half, half, 2, 3, 2, 3);
  const high = f64x2.mul(f64x2.add(f64x2.convert_low_i32x4_s(upper), middle), scale);
  const w0 = i32x4.extract_lane(words, 0);
  const w1 = i32x4.extract_lane(words, 1);
  const w2 = i32x4.extract_lane(words, 2);
  const w3 = i32x4.extract_lane(words, 3);
  const a = twoQuantiles(table, shifts, low, w0, w1);
  const b = twoQuantiles(table, shifts, high, w2, w3);
  v128.store(out, v128.shuffle<i64>(a, b, 0, 2));
  if (v128.any_true(i32x4.lt_s(half, i32x4.splat(NEAR_END)))) {
    if ((w0 ^ (w0 >> 31)) < NEAR_END) store<f32>(out, deepQuantile(table, shift, key0, key1, first, w0));
    if ((w1 ^ (w1 >> 31)) < NEAR_END) store<f32>(out, deepQuantile(table, shift, key0, key1, first + 1, w1), 4);
    if ((w2 ^ (w2 >> 31)) < NEAR_END) store<f32>(out, deepQuantile(table, shift, key0, key1, first + 2, w2), 8);
    if ((w3 ^ (w3 >> 31)) < NEAR_END) store<f32>(out, deepQuantile(table, shift, key0, key1, first + 3, w3), 12);
  }
}

/**
 * Writes draws of the elements [first, first + count) of a stream, `first` even, as float32. Up to seven numbers behind
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
  for (let i: u32 = 0; i < count; i += 8) {
    fourBlocks(key0, key1, (first + i) >> 1);
    const at = out + (<usize>i << 2);
    const low = v128.shuffle<i32>(firstWords, secondWords, 0, 4, 1, 5);
    const high = v128.shuffle<i32>(firstWords, secondWords, 2, 6, 3, 7);
    fourDraws(table, shift, key0, key1, first + i, low, at);
    fourDraws(table, shift, key0, key1, first + i + 4, high, at + 16);
  }
}
