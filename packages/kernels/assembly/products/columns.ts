/** Sums the columns of a matrix, row by row in float64, as the TypeScript does: the same bits. */
export function sumColumns(rows: i32, columns: i32, from: usize, to: usize): void {
  const step = <usize>columns << 2;
  const end = from + <usize>rows * step;
  let column = 0;
  for (; column + 8 <= columns; column += 8) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let at = from; at < end; at += step) {
      const low = v128.load(at);
      const high = v128.load(at, 16);
      a = f64x2.add(a, f64x2.promote_low_f32x4(low));
      b = f64x2.add(b, f64x2.promote_low_f32x4(v128.shuffle<i64>(low, low, 1, 1)));
      c = f64x2.add(c, f64x2.promote_low_f32x4(high));
      d = f64x2.add(d, f64x2.promote_low_f32x4(v128.shuffle<i64>(high, high, 1, 1)));
    }
    v128.store(to, together(a, b));
    v128.store(to, together(c, d), 16);
    from += 32;
    to += 32;
    // `end` stays: the rows of the next columns end in the same row, before it or at it.
  }
  for (; column < columns; column++) {
    let sum: f64 = 0;
    for (let at = from; at < end; at += step) sum += <f64>load<f32>(at);
    store<f32>(to, <f32>sum);
    from += 4;
    to += 4;
  }
}

// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function together(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}
