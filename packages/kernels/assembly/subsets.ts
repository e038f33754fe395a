import { writeState } from './bits';
import { padScores } from './selection';
import { setSubsets, solveRow } from './structure';

/*
 * Batches of subsets for the solvers of @aimle/solvers: theta in, zeros and ones out. Theta is float32, row after row;
 * a minimiser's is negated as it is read. A NaN ends a batch: the solver names it.
 */

/** What negates costs, so that the largest score is best. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function flipOf(minimise: bool): v128 {
  return i32x4.splat(minimise ? 1 << 31 : 0);
}

/** The lanes of a row's last vector that belong to the row. */
// @ts-expect-error
@inline
function lanesBefore(count: i32): v128 {
  return i32x4.gt_s(i32x4.splat(count), i32x4(0, 1, 2, 3));
}

/** Writes the scores of a row, which may lie where theta does, and returns whether all are numbers. */
function takeScores(theta: usize, flip: v128, n: i32, scores: usize): bool {
  let unordered = i32x4.splat(0);
  const whole = <usize>(n & ~3) << 2;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const four = v128.load(theta + at);
    unordered = v128.or(unordered, f32x4.ne(four, four));
    v128.store(scores + at, v128.xor(four, flip));
  }
  if ((n & 3) != 0) {
    const four = v128.load(theta + at);
    unordered = v128.or(unordered, v128.and(f32x4.ne(four, four), lanesBefore(n & 3)));
    v128.store(scores + at, v128.xor(four, flip));
  }
  padScores(scores, n);
  return !v128.any_true(unordered);
}

/**
 * Solves rows for subsets of at least `low` and at most `high` of n items, and returns how many rows come before the
 * first NaN. `scores` has room for n + 32 numbers, `state` for n bits, `room` for 2 n + 256 numbers. For one row,
 * theta, z and scores may be one place.
 */
export function solveSubsets(
  n: i32,
  low: i32,
  high: i32,
  minimise: bool,
  rows: i32,
  theta: usize,
  z: usize,
  scores: usize,
  state: usize,
  room: usize,
): i32 {
  const flip = flipOf(minimise);
  const stride = <usize>n << 2;
  setSubsets(n, low, high, room);
  for (let row = 0; row < rows; row++, theta += stride, z += stride) {
    if (!takeScores(theta, flip, n, scores)) return row;
    solveRow(scores, state);
    writeState(state, n, z);
  }
  return rows;
}

/** Writes for each row where the best of n scores is, and returns how many rows come before the first NaN. */
export function solveCategorical(n: i32, minimise: bool, rows: i32, theta: usize, places: usize): i32 {
  const flip = flipOf(minimise);
  const stride = <usize>n << 2;
  for (let row = 0; row < rows; row++, theta += stride, places += 4) {
    const place = placeOfBest(theta, flip, n);
    if (place < 0) return row;
    store<i32>(places, place);
  }
  return rows;
}

/** The first place of the best score of a row, or -1 if one is NaN. */
// @ts-expect-error
@inline
function placeOfBest(theta: usize, flip: v128, n: i32): i32 {
  const whole = <usize>(n & ~3) << 2;
  const none = f32x4.splat(-Infinity);
  let unordered = i32x4.splat(0);
  let best = none;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const four = v128.load(theta + at);
    unordered = v128.or(unordered, f32x4.ne(four, four));
    best = f32x4.pmax(best, v128.xor(four, flip));
  }
  if ((n & 3) != 0) {
    const inside = lanesBefore(n & 3);
    const four = v128.load(theta + at);
    unordered = v128.or(unordered, v128.and(f32x4.ne(four, four), inside));
    best = f32x4.pmax(best, v128.bitselect(v128.xor(four, flip), none, inside));
  }
  if (v128.any_true(unordered)) return -1;
  best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 2, 3, 0, 1));
  best = f32x4.pmax(best, v128.shuffle<i32>(best, best, 1, 0, 3, 2));
  const wanted = v128.xor(best, flip);
  let equal = 0;
  for (at = theta - 16; equal == 0; ) {
    at += 16;
    equal = i32x4.bitmask(f32x4.eq(v128.load(at), wanted));
  }
  return <i32>((at - theta) >> 2) + ctz(equal);
}

/** Writes 1 for each score of 0 or more, else 0, and returns whether all are numbers. */
export function solveBernoulli(minimise: bool, count: i32, theta: usize, z: usize): bool {
  const flip = flipOf(minimise);
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const whole = <usize>(count & ~3) << 2;
  let unordered = i32x4.splat(0);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const four = v128.load(theta + at);
    unordered = v128.or(unordered, f32x4.ne(four, four));
    v128.store(z + at, v128.and(f32x4.ge(v128.xor(four, flip), zero), one));
  }
  if ((count & 3) != 0) {
    const four = v128.load(theta + at);
    unordered = v128.or(unordered, v128.and(f32x4.ne(four, four), lanesBefore(count & 3)));
    v128.store(z + at, v128.and(f32x4.ge(v128.xor(four, flip), zero), one));
  }
  return !v128.any_true(unordered);
}
