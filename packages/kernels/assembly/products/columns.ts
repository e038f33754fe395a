/** Columns and rows whose sums and numbers stay in the caches. */
const MAX_COLUMNS: i32 = 1024;
const MAX_ROWS: i32 = 32;

/**
 * Sums the columns of a matrix, row by row in float64, as the TypeScript does: the same bits. `room` holds 1024 doubles.
 */
export function sumColumns(rows: i32, columns: i32, from: usize, to: usize, room: usize): void {
  const step = <usize>columns << 2;
  for (let left = 0; left < columns; left += MAX_COLUMNS) {
    const width = min(MAX_COLUMNS, columns - left);
    memory.fill(room, 0, <usize>width << 3);
    const corner = from + (<usize>left << 2);
    for (let top = 0; top < rows; top += MAX_ROWS) {
      addRows(min(MAX_ROWS, rows - top), width, corner + <usize>top * step, step, room);
    }
    for (let column: usize = 0; column < <usize>width; column++) {
      store<f32>(to + ((<usize>left + column) << 2), <f32>load<f64>(room + (column << 3)));
    }
  }
}

/** Adds rows of numbers to a row of doubles. */
function addRows(rows: i32, columns: i32, from: usize, step: usize, sums: usize): void {
  const height = <usize>rows * step;
  let column = 0;
  for (; column + 8 <= columns; column += 8) {
    let a = v128.load(sums);
    let b = v128.load(sums, 16);
    let c = v128.load(sums, 32);
    let d = v128.load(sums, 48);
    for (const end = from + height; from < end; from += step) {
      const low = v128.load(from);
      const high = v128.load(from, 16);
      a = f64x2.add(a, f64x2.promote_low_f32x4(low));
      b = f64x2.add(b, f64x2.promote_low_f32x4(v128.shuffle<i64>(low, low, 1, 1)));
      c = f64x2.add(c, f64x2.promote_low_f32x4(high));
      d = f64x2.add(d, f64x2.promote_low_f32x4(v128.shuffle<i64>(high, high, 1, 1)));
    }
    v128.store(sums, a);
    v128.store(sums, b, 16);
    v128.store(sums, c, 32);
    v128.store(sums, d, 48);
    from += 32 - height;
    sums += 64;
  }
  for (; column < columns; column++) {
    let sum = load<f64>(sums);
    for (const end = from + height; from < end; from += step) sum += <f64>load<f32>(from);
    store<f64>(sums, sum);
    from += 4 - height;
    sums += 8;
  }
}
