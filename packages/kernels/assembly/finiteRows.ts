import { writeState } from './bits';
import { padScores } from './selection';
import { size, solveRow } from './structure';

/**
 * Solves rows for the structure that was set, and returns how many come before the first one with a NaN or an infinity,
 * which is the solver's to judge. `scores` has room for n + 32 numbers, `state` for n bits.
 */
export function solveFiniteRows(
  minimise: bool,
  rows: i32,
  theta: usize,
  z: usize,
  scores: usize,
  state: usize,
): i32 {
  const n = size;
  const stride = <usize>n << 2;
  const flip = i32x4.splat(minimise ? 1 << 31 : 0);
  const infinite = f32x4.splat(Infinity);
  for (let row = 0; row < rows; row++, theta += stride, z += stride) {
    let finite = i32x4.splat(-1);
    let at: usize = 0;
    for (; at < (stride & ~15); at += 16) {
      const four = v128.load(theta + at);
      finite = v128.and(finite, f32x4.lt(f32x4.abs(four), infinite));
      v128.store(scores + at, v128.xor(four, flip));
    }
    if (at < stride) {
      const four = v128.load(theta + at);
      const behind = i32x4.le_s(i32x4.splat(n & 3), i32x4(0, 1, 2, 3));
      finite = v128.and(finite, v128.or(behind, f32x4.lt(f32x4.abs(four), infinite)));
      v128.store(scores + at, v128.xor(four, flip));
    }
    padScores(scores, n);
    if (!i32x4.all_true(finite)) return row;
    solveRow(scores, state);
    writeState(state, n, z);
  }
  return rows;
}
