/*
 * The k best of at most 32 scores, as one word: bit j says whether item j is chosen. Scores are float32 without NaN,
 * the largest is best, and -Infinity fills the vector that the last score lies in. Ties go to the lower index.
 */

/** Counts, for each of four scores, those of a row that are better; lanes hold the negative count. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function better(counts: v128, row: usize, scores: v128, offset: usize): v128 {
  return i32x4.add(counts, f32x4.gt(v128.load32_splat(row + offset), scores));
}

/** The chosen of one vector of scores. */
function chosenOfFour(row: usize, end: usize, scores: v128, least: v128): u32 {
  let even = i32x4.splat(0);
  let odd = i32x4.splat(0);
  for (let other = row; other < end; other += 16) {
    even = better(even, other, scores, 0);
    odd = better(odd, other, scores, 4);
    even = better(even, other, scores, 8);
    odd = better(odd, other, scores, 12);
  }
  return i32x4.bitmask(i32x4.gt_s(i32x4.add(even, odd), least));
}

/** The chosen of four vectors of scores: one broadcast serves all of them. */
function chosenOfSixteen(row: usize, end: usize, at: usize, least: v128): u32 {
  const s0 = v128.load(at);
  const s1 = v128.load(at, 16);
  const s2 = v128.load(at, 32);
  const s3 = v128.load(at, 48);
  let c0 = i32x4.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  for (let other = row; other < end; other += 8) {
    const a = v128.load32_splat(other);
    c0 = i32x4.add(c0, f32x4.gt(a, s0));
    c1 = i32x4.add(c1, f32x4.gt(a, s1));
    c2 = i32x4.add(c2, f32x4.gt(a, s2));
    c3 = i32x4.add(c3, f32x4.gt(a, s3));
    const b = v128.load32_splat(other, 4);
    c0 = i32x4.add(c0, f32x4.gt(b, s0));
    c1 = i32x4.add(c1, f32x4.gt(b, s1));
    c2 = i32x4.add(c2, f32x4.gt(b, s2));
    c3 = i32x4.add(c3, f32x4.gt(b, s3));
  }
  return (
    i32x4.bitmask(i32x4.gt_s(c0, least)) |
    (i32x4.bitmask(i32x4.gt_s(c1, least)) << 4) |
    (i32x4.bitmask(i32x4.gt_s(c2, least)) << 8) |
    (i32x4.bitmask(i32x4.gt_s(c3, least)) << 12)
  );
}

/** The k best of n <= 32 scores: those that fewer than k others beat, which ties may make too many. */
export function bestOfFew(row: usize, n: i32, k: i32): u32 {
  const end = row + (<usize>((n + 3) >> 2) << 4);
  const least = i32x4.splat(-k);
  let chosen: u32 = 0;
  let at = row;
  for (; at + 64 <= end; at += 64) chosen |= chosenOfSixteen(row, end, at, least) << <u32>((at - row) >> 2);
  for (; at < end; at += 16) {
    chosen |= chosenOfFour(row, end, v128.load(at), least) << <u32>((at - row) >> 2);
  }
  const excess = <i32>popcnt(chosen) - k;
  return excess == 0 ? chosen : withoutWorst(row, chosen, excess);
}

/** The lanes of a vector that four bits choose. */
// @ts-expect-error
@inline
function lanesOf(bits: u32): v128 {
  const lanes = i32x4(1, 2, 4, 8);
  return i32x4.eq(v128.and(i32x4.splat(bits), lanes), lanes);
}

/** The worst of the chosen scores of a row that ends at `end`. */
// @ts-expect-error
@inline
function worstOfFew(row: usize, end: usize, chosen: u32): f32 {
  const none = f32x4.splat(Infinity);
  let worst = none;
  for (let at = row, bits = chosen; at < end; at += 16, bits >>= 4) {
    worst = f32x4.pmin(worst, v128.bitselect(v128.load(at), none, lanesOf(bits)));
  }
  worst = f32x4.pmin(worst, v128.shuffle<i32>(worst, worst, 2, 3, 0, 1));
  worst = f32x4.pmin(worst, v128.shuffle<i32>(worst, worst, 1, 0, 3, 2));
  return f32x4.extract_lane(worst, 0);
}

/** Drops the worst `excess` of the chosen, of equal ones those with the highest indices. */
function withoutWorst(row: usize, chosen: u32, excess: i32): u32 {
  const end = row + (<usize>(35 - clz(chosen)) >> 2 << 4);
  while (excess > 0) {
    const worst = worstOfFew(row, end, chosen);
    for (let left = chosen; left != 0 && excess > 0; ) {
      const last: u32 = 31 - clz(left);
      left ^= 1 << last;
      // Written so that a NaN ends the loop too; its pass is thrown away.
      if (!(load<f32>(row + (<usize>last << 2)) > worst)) {
        chosen ^= 1 << last;
        excess--;
      }
    }
  }
  return chosen;
}

/** More changes than this are found sooner by counting again. */
const MOST_CHANGES = 3;

/**
 * The k best of n <= 32 scores, given those that were best before the scores changed a little: where none of the others
 * reaches the worst of them they still are, and otherwise that many are worse than the ones that do.
 */
export function bestOfFewAgain(row: usize, n: i32, k: i32, before: u32): u32 {
  const end = row + (<usize>((n + 3) >> 2) << 4);
  const worst = f32x4.splat(worstOfFew(row, end, before));
  let chosen: u32 = 0;
  for (let at = row; at < end; at += 16) {
    chosen |= i32x4.bitmask(f32x4.ge(v128.load(at), worst)) << <u32>((at - row) >> 2);
  }
  const excess = <i32>popcnt(chosen) - k;
  if (excess == 0) return chosen;
  return excess > MOST_CHANGES ? bestOfFew(row, n, k) : withoutWorst(row, chosen, excess);
}

/** The k-th best of n <= 32 scores. */
export function kthOfFew(row: usize, n: i32, k: i32): f32 {
  return worstOfFew(row, row + (<usize>((n + 3) >> 2) << 4), bestOfFew(row, n, k));
}
