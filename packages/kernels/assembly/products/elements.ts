/*
 * Operations on each element. Numbers behind the last, up to a multiple of four, are left as they are.
 */

/** Writes min(max(x, low), high), and NaN for NaN. */
export function clamp(count: i32, x: usize, low: f32, high: f32, to: usize): void {
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  const end = x + (<usize>count << 2);
  for (; x + 16 <= end; x += 16) {
    v128.store(to, f32x4.min(f32x4.max(v128.load(x), lows), highs));
    to += 16;
  }
  for (; x < end; x += 4) {
    store<f32>(to, min(max(load<f32>(x), low), high));
    to += 4;
  }
}

/** Writes the larger of two numbers, NaN if either is NaN. */
export function largerOf(count: i32, x: usize, y: usize, to: usize): void {
  const end = x + (<usize>count << 2);
  for (; x + 16 <= end; x += 16) {
    v128.store(to, f32x4.max(v128.load(x), v128.load(y)));
    y += 16;
    to += 16;
  }
  for (; x < end; x += 4) {
    store<f32>(to, max(load<f32>(x), load<f32>(y)));
    y += 4;
    to += 4;
  }
}

/** Writes the smaller of two numbers, NaN if either is NaN. */
export function smallerOf(count: i32, x: usize, y: usize, to: usize): void {
  const end = x + (<usize>count << 2);
  for (; x + 16 <= end; x += 16) {
    v128.store(to, f32x4.min(v128.load(x), v128.load(y)));
    y += 16;
    to += 16;
  }
  for (; x < end; x += 4) {
    store<f32>(to, min(load<f32>(x), load<f32>(y)));
    y += 4;
    to += 4;
  }
}

/** Writes the gradient of a rectifier: dy times 1 where its result y is above 0, NaN where it is NaN, else 0. */
export function rectifierGradient(count: i32, dy: usize, y: usize, to: usize): void {
  const one = f32x4.splat(1);
  const end = dy + (<usize>count << 2);
  for (; dy + 16 <= end; dy += 16) {
    const result = v128.load(y);
    const slope = v128.and(f32x4.gt(result, f32x4.splat(0)), one);
    // All bits set are a NaN.
    v128.store(to, f32x4.mul(v128.load(dy), v128.or(slope, f32x4.ne(result, result))));
    y += 16;
    to += 16;
  }
  for (; dy < end; dy += 4) {
    const result = load<f32>(y);
    store<f32>(to, load<f32>(dy) * (result > 0 ? 1 : result == result ? 0 : result));
    y += 4;
    to += 4;
  }
}
