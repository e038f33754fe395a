import { firstWordOf, useKey, writeWords } from './threefry';

/*
 * The words of a stream, and the numbers that a few operations make of them: elements [first, first + count), `first`
 * even. Up to 31 numbers behind the last are overwritten too.
 */

/** Writes words: bits.ts of @aimle/random. */
export function fillWords(key0: u32, key1: u32, first: u32, count: u32, out: usize): void {
  useKey(key0, key1);
  writeWords(first, count, out);
}

/** 23 bits and a half. A float32 holds them exactly. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function uniforms(words: v128): v128 {
  const bits = f32x4.convert_i32x4_s(i32x4.shr_u(words, 9));
  return f32x4.mul(f32x4.add(bits, f32x4.splat(0.5)), f32x4.splat(1.1920928955078125e-7));
}

/** Writes uniform float32 numbers: uniform.ts of @aimle/random. */
export function fillUniform(key0: u32, key1: u32, first: u32, count: u32, out: usize): void {
  fillWords(key0, key1, first, count, out);
  const end = out + (<usize>count << 2);
  for (let at = out; at < end; at += 16) v128.store(at, uniforms(v128.load(at)));
}

/** The purpose of the blocks from which rejected words are drawn again. */
const REJECTION: u32 = 2 << 24;

/** Writes integers in [low, low + range), range < 2^32: integers.ts of @aimle/random. */
export function fillIntegers(
  key0: u32,
  key1: u32,
  first: u32,
  count: u32,
  low: i32,
  range: u32,
  out: usize,
): void {
  fillWords(key0, key1, first, count, out);
  // Words above the last multiple of the range are rejected.
  const limit: u32 = 0 - range;
  const inverse = f64x2.splat(1 / <f64>range);
  const end = out + (<usize>count << 2);
  for (let at = out, element = first; at < end; at += 16, element += 4) {
    const words = v128.load(at);
    const rest = remainders(words, range, inverse);
    const rejected = i32x4.bitmask(i32x4.gt_u(i32x4.sub(words, rest), i32x4.splat(limit)));
    v128.store(at, i32x4.add(rest, i32x4.splat(low)));
    if (rejected != 0) redraw(key0, key1, element, rejected, low, range, at);
  }
}

/** The remainders of four words. The quotient in double precision is right, or one too small for a multiple. */
// @ts-expect-error
@inline
function remainders(words: v128, range: u32, inverse: v128): v128 {
  const upper = v128.shuffle<i32>(words, words, 2, 3, 2, 3);
  const q0 = i32x4.trunc_sat_f64x2_u_zero(f64x2.mul(f64x2.convert_low_i32x4_u(words), inverse));
  const q1 = i32x4.trunc_sat_f64x2_u_zero(f64x2.mul(f64x2.convert_low_i32x4_u(upper), inverse));
  const divisor = i32x4.splat(range);
  const rest = i32x4.sub(words, i32x4.mul(v128.shuffle<i64>(q0, q1, 0, 2), divisor));
  return i32x4.sub(rest, v128.and(i32x4.ge_u(rest, divisor), divisor));
}

/** Draws the rejected of four integers again, until a word is not rejected. */
function redraw(key0: u32, key1: u32, first: u32, rejected: i32, low: i32, range: u32, out: usize): void {
  const limit: u32 = 0 - range;
  for (; rejected != 0; rejected &= rejected - 1) {
    const lane = ctz(rejected);
    for (let purpose = REJECTION; ; purpose++) {
      const word = firstWordOf(key0, key1, first + lane, purpose);
      const rest = word % range;
      if (word - rest > limit) continue;
      store<i32>(out + (<usize>lane << 2), low + <i32>rest);
      break;
    }
  }
}
