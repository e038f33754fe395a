/*
 * Moving the scores of a row that pass a threshold to the front of an array, in their order, four at a time.
 */

/** For each mask of four lanes, the bytes that bring its lanes to the front. */
const PACK: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0,
  8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0,
  12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0,
  8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0,
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
], 16);

/** Writes the lanes of a mask from `to` on, and returns where they end. Up to three numbers behind are overwritten. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function pack(scores: v128, mask: u32, to: usize): usize {
  v128.store(to, v128.swizzle(scores, v128.load(PACK + (<usize>mask << 4))));
  return to + (<usize>popcnt(mask) << 2);
}

/** Fills the rest of the vector in which an array ends with the score that never wins. */
// @ts-expect-error
@inline
function finish(to: usize): void {
  v128.store(to, f32x4.splat(-Infinity));
}

/**
 * Writes the scores above a threshold to `to`, which may be the array itself, and returns how many. -Infinity fills the
 * vector in which the row ends, and the one that the written scores end in.
 */
export function packAbove(row: usize, n: i32, threshold: f32, to: usize): i32 {
  const least = f32x4.splat(threshold);
  const end = row + (<usize>n << 2);
  let out = to;
  let at = row;
  for (; at + 64 <= end; at += 64) {
    const s0 = v128.load(at);
    const s1 = v128.load(at, 16);
    const s2 = v128.load(at, 32);
    const s3 = v128.load(at, 48);
    const m0 = f32x4.gt(s0, least);
    const m1 = f32x4.gt(s1, least);
    const m2 = f32x4.gt(s2, least);
    const m3 = f32x4.gt(s3, least);
    // A high threshold leaves most vectors without a survivor.
    if (!v128.any_true(v128.or(v128.or(m0, m1), v128.or(m2, m3)))) continue;
    out = pack(s0, i32x4.bitmask(m0), out);
    out = pack(s1, i32x4.bitmask(m1), out);
    out = pack(s2, i32x4.bitmask(m2), out);
    out = pack(s3, i32x4.bitmask(m3), out);
  }
  for (; at < end; at += 16) {
    const scores = v128.load(at);
    out = pack(scores, i32x4.bitmask(f32x4.gt(scores, least)), out);
  }
  finish(out);
  return <i32>((out - to) >> 2);
}

/** The same for the scores below a threshold. */
export function packBelow(row: usize, n: i32, threshold: f32, to: usize): i32 {
  const most = f32x4.splat(threshold);
  const end = row + (<usize>n << 2);
  let out = to;
  let at = row;
  for (; at + 16 <= end; at += 16) {
    const scores = v128.load(at);
    out = pack(scores, i32x4.bitmask(f32x4.lt(scores, most)), out);
  }
  if (at < end) {
    const scores = v128.load(at);
    const inside = (1 << (n & 3)) - 1;
    out = pack(scores, i32x4.bitmask(f32x4.lt(scores, most)) & inside, out);
  }
  finish(out);
  return <i32>((out - to) >> 2);
}

/** How many scores are above a threshold and, in the upper half of the word, how many equal it. */
export function countAbove(row: usize, n: i32, threshold: f32): u64 {
  const level = f32x4.splat(threshold);
  const end = row + (<usize>n << 2);
  let above = i32x4.splat(0);
  let equal = above;
  let at = row;
  for (; at + 16 <= end; at += 16) {
    const scores = v128.load(at);
    above = i32x4.sub(above, f32x4.gt(scores, level));
    equal = i32x4.sub(equal, f32x4.eq(scores, level));
  }
  let highest = sum(above);
  let same = sum(equal);
  for (; at < end; at += 4) {
    const score = load<f32>(at);
    highest += <u32>(score > threshold);
    same += <u32>(score == threshold);
  }
  return (<u64>same << 32) | highest;
}

// @ts-expect-error
@inline
function sum(lanes: v128): u32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}
