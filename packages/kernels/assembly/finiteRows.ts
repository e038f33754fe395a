import { wordsOf } from './bits';
import { size, solveRow } from './structure';

/*
 * Batches of chains and spanning trees for the solvers of @aimle/solvers, which read no score behind the last of a row.
 */

/**
 * Writes the best states of rows, as bits, for the structure that was set, and returns how many come before the first
 * row with a NaN or an infinity, which is the solver's to judge. A minimiser's theta is overwritten.
 */
export function solveFiniteRows(minimise: bool, rows: i32, theta: usize, states: usize): i32 {
  const stride = <usize>size << 2;
  const state = <usize>wordsOf(size) << 2;
  for (let row = 0; row < rows; row++, theta += stride, states += state) {
    if (!areFinite(theta, stride)) return row;
    if (minimise) negate(theta, stride);
    solveRow(theta, states);
  }
  return rows;
}

/** Whether all numbers of a row are finite: the difference of each from itself is 0 then. */
function areFinite(row: usize, bytes: usize): bool {
  let sum = f32x4.splat(0);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const four = v128.load(row + at);
    sum = f32x4.add(sum, f32x4.sub(four, four));
  }
  let rest: f32 = 0;
  for (; at < bytes; at += 4) rest += load<f32>(row + at) - load<f32>(row + at);
  return rest == 0 && i32x4.all_true(f32x4.eq(sum, f32x4.splat(0)));
}

function negate(row: usize, bytes: usize): void {
  const signs = i32x4.splat(1 << 31);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(row + at, v128.xor(v128.load(row + at), signs));
  for (; at < bytes; at += 4) store<f32>(row + at, -load<f32>(row + at));
}
