import { words as chunk } from './own';
import { CHUNK, firstWordOf, useKey, writeWords } from './threefry';

/*
 * The tail probability p in (0, 1/2] of a word: the distance of its uniform number to the nearer end. The word's sign
 * says which end (tails.ts of @aimle/random). `half` is the word, or its complement where the sign is set.
 */

/** 2^-32 */
const SCALE: f64 = 2.3283064365386963e-10;
/** A smaller half of a word is near an end: more bits are drawn. */
const NEAR_END: i32 = 1 << 22;
/** The purpose of the blocks that these bits come from. */
const DEEPER_BITS: u32 = 1 << 24;

/**
 * (half + 1/2) / 2^32 for two halves below the word that makes each a double, 2^20 + half / 2^32: a subtraction is
 * sooner than a conversion, and as exact.
 */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function fromDoubles(doubles: v128): v128 {
  return f64x2.sub(doubles, f64x2.splat(1048576 - 0.5 * SCALE));
}

/** The tails of the first two of four halves. */
// @ts-expect-error
@inline
export function lowTails(half: v128): v128 {
  return fromDoubles(v128.shuffle<i32>(half, i32x4.splat(0x41300000), 0, 4, 1, 5));
}

/** Those of the last two. */
// @ts-expect-error
@inline
export function highTails(half: v128): v128 {
  return fromDoubles(v128.shuffle<i32>(half, i32x4.splat(0x41300000), 2, 6, 3, 7));
}

/** Which of four halves are near an end. */
// @ts-expect-error
@inline
export function nearEnd(half: v128): v128 {
  return i32x4.lt_s(half, i32x4.splat(NEAR_END));
}

/** The tail of one half, with more bits where it is near an end. */
export function tailOf(key0: u32, key1: u32, element: u32, half: i32): f64 {
  if (half >= NEAR_END) return (<f64>half + 0.5) * SCALE;
  return (<f64>half + (<f64>firstWordOf(key0, key1, element, DEEPER_BITS) + 0.5) * SCALE) * SCALE;
}

/** Writes four tails from their words, each with a sign for its side. */
// @ts-expect-error
@inline
function fourTails(key0: u32, key1: u32, first: u32, words: v128, out: usize): void {
  const half = v128.xor(words, i32x4.shr_s(words, 31));
  // The sign of a double is the top bit of its second word.
  const signs = v128.and(words, i32x4.splat(1 << 31));
  const none = i32x4.splat(0);
  v128.store(out, v128.xor(lowTails(half), v128.shuffle<i32>(none, signs, 0, 4, 0, 5)));
  v128.store(out, v128.xor(highTails(half), v128.shuffle<i32>(none, signs, 0, 6, 0, 7)), 16);
  const near = nearEnd(half);
  if (v128.any_true(near)) deepen(key0, key1, first, words, i32x4.bitmask(near), out);
}

/** Replaces the tails near an end among four. */
function deepen(key0: u32, key1: u32, first: u32, words: v128, near: i32, out: usize): void {
  if (near & 1) writeDeep(key0, key1, first, i32x4.extract_lane(words, 0), out);
  if (near & 2) writeDeep(key0, key1, first + 1, i32x4.extract_lane(words, 1), out + 8);
  if (near & 4) writeDeep(key0, key1, first + 2, i32x4.extract_lane(words, 2), out + 16);
  if (near & 8) writeDeep(key0, key1, first + 3, i32x4.extract_lane(words, 3), out + 24);
}

function writeDeep(key0: u32, key1: u32, element: u32, word: i32, out: usize): void {
  const p = tailOf(key0, key1, element, word ^ (word >> 31));
  store<f64>(out, word < 0 ? -p : p);
}

/**
 * Writes the tails of the elements [first, first + count) of a stream, `first` even, as float64 with a sign for the
 * side. Up to three numbers behind the last are overwritten too.
 */
export function writeTails(key0: u32, key1: u32, first: u32, count: u32, out: usize): void {
  useKey(key0, key1);
  const end = first + count;
  for (let done = first; done < end; done += CHUNK) {
    const words = min(CHUNK, end - done);
    writeWords(done, words, chunk);
    for (let i: u32 = 0; i < words; i += 4, out += 32) {
      fourTails(key0, key1, done + i, v128.load(chunk + (<usize>i << 2)), out);
    }
  }
}
