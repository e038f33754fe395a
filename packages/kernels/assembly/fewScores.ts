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

/** The lanes of a vector that four bits choose. */
// @ts-expect-error
@inline
function lanesOf(bits: u32): v128 {
  const lanes = i32x4(1, 2, 4, 8);
  return i32x4.eq(v128.and(i32x4.splat(bits), lanes), lanes);
}

/** Where the vectors of a row end. */
// @ts-expect-error
@inline
function endOf(row: usize, n: i32): usize {
  return row + (<usize>((n + 3) >> 2) << 4);
}

/** The worst of the chosen scores. */
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

/**
 * Drops the worst `excess` of the chosen, of equal ones those with the highest indices. `worst` is the score of the
 * worst.
 */
function withoutWorst(row: usize, end: usize, chosen: u32, excess: i32, worst: f32): u32 {
  while (true) {
    const level = f32x4.splat(worst);
    let equal: u32 = 0;
    for (let at = row; at < end; at += 16) {
      equal |= i32x4.bitmask(f32x4.eq(v128.load(at), level)) << <u32>((at - row) >> 2);
    }
    equal &= chosen;
    const count = <i32>popcnt(equal);
    // None is equal where a score is NaN, and then the pass is thrown away.
    if (count == 0) return chosen;
    if (count >= excess) {
      for (; excess > 0; excess--) {
        const last: u32 = 1 << (31 - clz(equal));
        chosen ^= last;
        equal ^= last;
      }
      return chosen;
    }
    chosen ^= equal;
    excess -= count;
    worst = worstOfFew(row, end, chosen);
  }
}

/** The k best of n <= 32 scores: those that fewer than k others beat, which ties may make too many. */
export function bestOfFew(row: usize, n: i32, k: i32): u32 {
  const end = endOf(row, n);
  const least = i32x4.splat(-k);
  let chosen: u32 = 0;
  let at = row;
  for (; at + 64 <= end; at += 64) chosen |= chosenOfSixteen(row, end, at, least) << <u32>((at - row) >> 2);
  for (; at < end; at += 16) {
    chosen |= chosenOfFour(row, end, v128.load(at), least) << <u32>((at - row) >> 2);
  }
  const excess = <i32>popcnt(chosen) - k;
  return excess <= 0 ? chosen : withoutWorst(row, end, chosen, excess, worstOfFew(row, end, chosen));
}

/** The k-th best of n <= 32 scores. */
export function kthOfFew(row: usize, n: i32, k: i32): f32 {
  return worstOfFew(row, endOf(row, n), bestOfFew(row, n, k));
}

/** More scores than this that pass the worst are ranked sooner by counting again. */
const MOST_CHANGES = 3;

/** How many rows had more. */
export let recounts: i32 = 0;

export function forgetRecounts(): void {
  recounts = 0;
}

/** The k best of n <= 32 scores, of which exactly k or more reach the worst of those that were best before. */
function bestFrom(row: usize, end: usize, n: i32, k: i32, worst: f32): u32 {
  const level = f32x4.splat(worst);
  let chosen: u32 = 0;
  for (let at = row; at < end; at += 16) {
    chosen |= i32x4.bitmask(f32x4.ge(v128.load(at), level)) << <u32>((at - row) >> 2);
  }
  const excess = <i32>popcnt(chosen) - k;
  if (excess <= 0) return chosen;
  if (excess <= MOST_CHANGES) return withoutWorst(row, end, chosen, excess, worst);
  recounts++;
  return bestOfFew(row, n, k);
}

/**
 * The k best of n <= 32 scores, given those that were best before the scores changed a little: where the worst of them
 * still beats all others they are the same, and otherwise as many are worse as others pass it.
 */
export function bestOfFewAgain(row: usize, n: i32, k: i32, before: u32): u32 {
  const end = endOf(row, n);
  const none = f32x4.splat(Infinity);
  const never = f32x4.splat(-Infinity);
  let worst = none;
  let best = never;
  for (let at = row, bits = before; at < end; at += 16, bits >>= 4) {
    const scores = v128.load(at);
    const lanes = lanesOf(bits);
    worst = f32x4.pmin(worst, v128.bitselect(scores, none, lanes));
    best = f32x4.pmax(best, v128.bitselect(never, scores, lanes));
  }
  worst = f32x4.pmin(worst, v128.shuffle<i32>(worst, worst, 2, 3, 0, 1));
  best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 2, 3, 0, 1));
  worst = f32x4.pmin(worst, v128.shuffle<i32>(worst, worst, 1, 0, 3, 2));
  best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 1, 0, 3, 2));
  const kth = f32x4.extract_lane(worst, 0);
  return kth > f32x4.extract_lane(best, 0) ? before : bestFrom(row, end, n, k, kth);
}

/**
 * The k best of n <= 32 scores on either side of those that `before` were best for: of `lower` in the lower half of the
 * result, of `upper` in its upper half.
 */
export function bestOfFewAside(lower: usize, upper: usize, n: i32, k: i32, before: u32): u64 {
  const end = endOf(lower, n);
  const none = f32x4.splat(Infinity);
  const never = f32x4.splat(-Infinity);
  let worstBelow = none;
  let worstAbove = none;
  let bestBelow = never;
  let bestAbove = never;
  for (let at = lower, other = upper, bits = before; at < end; at += 16, other += 16, bits >>= 4) {
    const below = v128.load(at);
    const above = v128.load(other);
    const lanes = lanesOf(bits);
    worstBelow = f32x4.pmin(worstBelow, v128.bitselect(below, none, lanes));
    worstAbove = f32x4.pmin(worstAbove, v128.bitselect(above, none, lanes));
    bestBelow = f32x4.pmax(bestBelow, v128.bitselect(never, below, lanes));
    bestAbove = f32x4.pmax(bestAbove, v128.bitselect(never, above, lanes));
  }
  // Both sides at once: the lower in the lanes 0 and 1, the upper in 2 and 3.
  let worst = f32x4.pmin(
    v128.shuffle<i32>(worstBelow, worstAbove, 0, 1, 4, 5),
    v128.shuffle<i32>(worstBelow, worstAbove, 2, 3, 6, 7),
  );
  let best = f32x4.pmax(
    v128.shuffle<i32>(bestBelow, bestAbove, 0, 1, 4, 5),
    v128.shuffle<i32>(bestBelow, bestAbove, 2, 3, 6, 7),
  );
  worst = f32x4.pmin(worst, v128.shuffle<i32>(worst, worst, 1, 0, 3, 2));
  best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 1, 0, 3, 2));
  const unchanged = i32x4.bitmask(f32x4.gt(worst, best));
  const both = (<u64>before << 32) | before;
  if (unchanged == 15) return both;
  const below: u32 =
    unchanged & 1 ? before : bestFrom(lower, end, n, k, f32x4.extract_lane(worst, 0));
  const above: u32 =
    unchanged & 4 ? before : bestFrom(upper, endOf(upper, n), n, k, f32x4.extract_lane(worst, 2));
  return (<u64>above << 32) | below;
}
