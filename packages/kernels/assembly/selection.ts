import { markFrom, unmarkLast, worstMarked } from './bits';
import { countAbove, packAbove, packBelow } from './compaction';
import { bestOfFew, bestOfFewAgain, kthOfFew } from './fewScores';

/*
 * The k best scores of a row. Scores are float32 without NaN; the largest is best (a minimiser negates); ties go to the
 * lower index. The row lies in room for n + 32 scores, and -Infinity fills the vector that the last one lies in
 * (`padScores`). `work` is room for 2 n + 256 scores.
 */

/** Up to here, every score is compared with every other. */
export const FEW = 32;

/** Writes -Infinity behind the last score of a row. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
export function padScores(row: usize, n: i32): void {
  v128.store(row + (<usize>n << 2), f32x4.splat(-Infinity));
}

/** Marks the k best of n scores. */
export function selectBest(row: usize, n: i32, k: i32, bits: usize, work: usize): void {
  if (k == 1) selectFrom(row, n, 1, bestOf(row, n), bits);
  else if (n <= FEW) store<u32>(bits, bestOfFew(row, n, k));
  else selectFrom(row, n, k, kthBest(row, n, k, work), bits);
}

/**
 * Marks the k best of n scores, given in `before` those that were best before the scores changed a little (it may be
 * `bits` itself). Where the worst of them still beats all others, one pass shows it.
 */
export function selectBestAgain(row: usize, n: i32, k: i32, before: usize, bits: usize, work: usize): void {
  if (n <= FEW) {
    store<u32>(bits, bestOfFewAgain(row, n, k, load<u32>(before)));
    return;
  }
  const worst = worstMarked(row, n, before);
  const reach = markFrom(row, n, worst, bits);
  if (reach == k) return;
  const above = packAbove(row, n, worst, work);
  // Fewer than k are above the worst: it is the k-th best itself, and only ties are too many.
  if (above < k) unmarkLast(row, n, worst, bits, reach - k);
  else selectFrom(row, n, k, kthBest(work, above, k, work), bits);
}

/** Marks the scores from the k-th best on. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function selectFrom(row: usize, n: i32, k: i32, kth: f32, bits: usize): void {
  const excess = markFrom(row, n, kth, bits) - k;
  if (excess > 0) unmarkLast(row, n, kth, bits, excess);
}

/** Of this many scores a pivot is taken. */
const SAMPLE = 16;

/**
 * The k-th best of n scores. -Infinity fills the vector in which they end. `work` is room for 2 n + 256 scores; the
 * scores themselves may lie there, and are overwritten then.
 */
function kthBest(from: usize, n: i32, k: i32, work: usize): f32 {
  while (true) {
    if (k == 1) return bestOf(from, n);
    if (n <= FEW) return kthOfFew(from, n, k);
    if (n >= 8 * k) {
      // k of the scores reach the k-th best of the maxima of groups, and few others do.
      const behind = work + (<usize>((n + 7) & ~3) << 2);
      const groups = groupMaxima(from, n, n / (4 * k), behind);
      const bound = kthBest(behind, groups, k, behind);
      const above = packAbove(from, n, bound, work);
      if (above < k) return bound;
      n = above;
    } else {
      const pivot = pivotOf(from, n, k, work + (<usize>((n + 7) & ~3) << 2));
      const counts = countAbove(from, n, pivot);
      const above = <i32>(counts & 0xffffffff);
      const reach = above + <i32>(counts >> 32);
      if (above < k && k <= reach) return pivot;
      if (k <= above) n = packAbove(from, n, pivot, work);
      else {
        n = packBelow(from, n, pivot, work);
        k -= reach;
      }
    }
    from = work;
  }
}

/** The best of n scores. */
function bestOf(row: usize, n: i32): f32 {
  const end = row + (<usize>n << 2);
  let best = f32x4.splat(-Infinity);
  for (let at = row; at < end; at += 16) best = f32x4.pmax(best, v128.load(at));
  best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 2, 3, 0, 1));
  best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 1, 0, 3, 2));
  return f32x4.extract_lane(best, 0);
}

/**
 * Writes the maxima of groups of at most `each` scores, and returns how many groups there are. A lane is a group, of
 * vectors that follow each other.
 */
function groupMaxima(row: usize, n: i32, each: i32, to: usize): i32 {
  const end = row + (<usize>n << 2);
  const step = <usize>each << 4;
  let out = to;
  for (let at = row; at < end; at += step, out += 16) {
    const last = min<usize>(end, at + step);
    let best = v128.load(at);
    for (let next = at + 16; next < last; next += 16) best = f32x4.pmax(best, v128.load(next));
    v128.store(out, best);
  }
  return <i32>((out - to) >> 2);
}

/** A score near the k-th best: the one of that rank in a sample, which is written to `work`. */
function pivotOf(row: usize, n: i32, k: i32, work: usize): f32 {
  for (let i = 0; i < SAMPLE; i++) {
    const at = <i32>((<u64>i * <u64>n) / SAMPLE);
    store<f32>(work + (<usize>i << 2), load<f32>(row + (<usize>at << 2)));
  }
  const rank = <i32>((<u64>k * SAMPLE + <u64>(n >> 1)) / <u64>n);
  return kthOfFew(work, SAMPLE, min(max(rank, 1), SAMPLE));
}
