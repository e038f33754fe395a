/** The rows and columns of a tile: its 12 sums of four, two columns' fours and one factor fill 15 of 16 registers. */
export const ROWS: i32 = 6;
export const COLUMNS: i32 = 8;


/**
 * Multiplies `rows` (1 to 6) rows of `a` with 8 columns of `b`, and writes 6 rows of `c`: the sums, which start from
 * those at `start`. Rows behind `rows` mean nothing. Steps are bytes from row to row.
 *
 * Nothing but stores follows the loop: with any arithmetic, condition or call there, V8 keeps sums in memory inside the
 * loop, which takes half the speed.
 */
export function multiplyTile(
  depth: i32,
  rows: i32,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  start: usize,
  startStep: usize,
  c: usize,
  cStep: usize,
): void {
  // Rows that there are not are the one before them once more.
  let p0 = a;
  let p1 = p0 + (rows > 1 ? aStep : 0);
  let p2 = p1 + (rows > 2 ? aStep : 0);
  let p3 = p2 + (rows > 3 ? aStep : 0);
  let p4 = p3 + (rows > 4 ? aStep : 0);
  let p5 = p4 + (rows > 5 ? aStep : 0);
  let s00 = v128.load(start);
  let s01 = v128.load(start, 16);
  start += startStep;
  let s10 = v128.load(start);
  let s11 = v128.load(start, 16);
  start += startStep;
  let s20 = v128.load(start);
  let s21 = v128.load(start, 16);
  start += startStep;
  let s30 = v128.load(start);
  let s31 = v128.load(start, 16);
  start += startStep;
  let s40 = v128.load(start);
  let s41 = v128.load(start, 16);
  start += startStep;
  let s50 = v128.load(start);
  let s51 = v128.load(start, 16);
  for (const end = a + (<usize>depth << 2); p0 < end; ) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(p0);
    s00 = multiplyAdd(x0, b0, s00);
    s01 = multiplyAdd(x0, b1, s01);
    const x1 = v128.load_splat<f32>(p1);
    s10 = multiplyAdd(x1, b0, s10);
    s11 = multiplyAdd(x1, b1, s11);
    const x2 = v128.load_splat<f32>(p2);
    s20 = multiplyAdd(x2, b0, s20);
    s21 = multiplyAdd(x2, b1, s21);
    const x3 = v128.load_splat<f32>(p3);
    s30 = multiplyAdd(x3, b0, s30);
    s31 = multiplyAdd(x3, b1, s31);
    const x4 = v128.load_splat<f32>(p4);
    s40 = multiplyAdd(x4, b0, s40);
    s41 = multiplyAdd(x4, b1, s41);
    const x5 = v128.load_splat<f32>(p5);
    s50 = multiplyAdd(x5, b0, s50);
    s51 = multiplyAdd(x5, b1, s51);
    b += bStep;
    p0 += 4;
    p1 += 4;
    p2 += 4;
    p3 += 4;
    p4 += 4;
    p5 += 4;
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  c += cStep;
  v128.store(c, s10);
  v128.store(c, s11, 16);
  c += cStep;
  v128.store(c, s20);
  v128.store(c, s21, 16);
  c += cStep;
  v128.store(c, s30);
  v128.store(c, s31, 16);
  c += cStep;
  v128.store(c, s40);
  v128.store(c, s41, 16);
  c += cStep;
  v128.store(c, s50);
  v128.store(c, s51, 16);
}

/** x y + sum, rounded once where the machine can do that. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function multiplyAdd(x: v128, y: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, y, sum);
  return f32x4.add(f32x4.mul(x, y), sum);
}
