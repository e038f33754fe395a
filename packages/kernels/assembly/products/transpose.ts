/** Writes the transpose of a matrix: `to[column][row] = from[row][column]`. Steps are bytes from row to row. */
export function transpose(rows: i32, columns: i32, from: usize, fromStep: usize, to: usize, toStep: usize): void {
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    let source = from;
    let target = to;
    let column = 0;
    for (; column + 4 <= columns; column += 4) {
      transposeFour(source, fromStep, target, toStep);
      source += 16;
      target += toStep << 2;
    }
    for (; column < columns; column++) {
      store<f32>(target, load<f32>(source));
      store<f32>(target, load<f32>(source + fromStep), 4);
      store<f32>(target, load<f32>(source + 2 * fromStep), 8);
      store<f32>(target, load<f32>(source + 3 * fromStep), 12);
      source += 4;
      target += toStep;
    }
    from += fromStep << 2;
    to += 16;
  }
  for (; row < rows; row++) {
    let target = to;
    for (let column: usize = 0; column < <usize>columns; column++) {
      store<f32>(target, load<f32>(from + (column << 2)));
      target += toStep;
    }
    from += fromStep;
    to += 4;
  }
}

/** The same for four rows and columns. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function transposeFour(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromStep);
  const c = v128.load(from + 2 * fromStep);
  const d = v128.load(from + 3 * fromStep);
  const ab01 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab23 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd23 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(ab01, cd01, 0, 2));
  v128.store(to + toStep, v128.shuffle<f64>(ab01, cd01, 1, 3));
  v128.store(to + 2 * toStep, v128.shuffle<f64>(ab23, cd23, 0, 2));
  v128.store(to + 3 * toStep, v128.shuffle<f64>(ab23, cd23, 1, 3));
}
