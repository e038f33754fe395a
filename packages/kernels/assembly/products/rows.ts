/*
 * Operations on rows of numbers of four bytes, float32 or int32.
 */

/** Copies rows. Steps are bytes from row to row. */
export function copyRows(
  rows: i32,
  columns: i32,
  from: usize,
  fromStep: usize,
  to: usize,
  toStep: usize,
): void {
  for (let row = 0; row < rows; row++) {
    copyNumbers(columns, from, to);
    from += fromStep;
    to += toStep;
  }
}

/** Copies the rows with the given indices. Returns how many come before an index out of range. */
export function gatherRows(
  count: i32,
  indices: usize,
  rows: i32,
  columns: i32,
  from: usize,
  to: usize,
): i32 {
  const step = <usize>columns << 2;
  for (let i = 0; i < count; i++) {
    const row = load<u32>(indices + (<usize>i << 2));
    if (row >= <u32>rows) return i;
    copyNumbers(columns, from + <usize>row * step, to);
    to += step;
  }
  return count;
}

/** Adds each row to the one of `sums` with its index. Rows with an index out of range are left out. */
export function scatterAddRows(
  count: i32,
  indices: usize,
  from: usize,
  columns: i32,
  rows: i32,
  sums: usize,
): void {
  const step = <usize>columns << 2;
  for (let i = 0; i < count; i++) {
    const row = load<u32>(indices + (<usize>i << 2));
    const end = from + step;
    if (row < <u32>rows) {
      let to = sums + <usize>row * step;
      for (; from + 16 <= end; from += 16) {
        v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
        to += 16;
      }
      for (; from < end; from += 4) {
        store<f32>(to, load<f32>(to) + load<f32>(from));
        to += 4;
      }
    }
    from = end;
  }
}

/** Copies numbers: inline where a call would take longer. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function copyNumbers(count: i32, from: usize, to: usize): void {
  if (count > 64) {
    memory.copy(to, from, <usize>count << 2);
    return;
  }
  const end = from + (<usize>count << 2);
  for (; from + 16 <= end; from += 16) {
    v128.store(to, v128.load(from));
    to += 16;
  }
  for (; from < end; from += 4) {
    store<u32>(to, load<u32>(from));
    to += 4;
  }
}
