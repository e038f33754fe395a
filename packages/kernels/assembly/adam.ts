/*
 * One step of Adam. The arithmetic and its order are those of arrayMoments.ts of @aimle/engine: float64 between float32
 * numbers, so the results are the same to the last bit.
 */

/**
 * Moves `count` elements of a parameter and its two moments, in place, and returns the sum of the gradient, which is
 * finite only if every element is. Numbers behind the last, up to a multiple of four, take part: they must be zero.
 */
export function adamStep(
  count: u32,
  parameter: usize,
  gradient: usize,
  mean: usize,
  square: usize,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  rate: f64,
  scale: f64,
): f64 {
  const past1 = f64x2.splat(beta1);
  const new1 = f64x2.splat(1 - beta1);
  const past2 = f64x2.splat(beta2);
  const new2 = f64x2.splat(1 - beta2);
  const smallest = f64x2.splat(epsilon);
  const rates = f64x2.splat(rate);
  const scales = f64x2.splat(scale);
  let sum = f64x2.splat(0);
  const end = gradient + (<usize>count << 2);
  for (let at = gradient; at < end; at += 16) {
    const g = v128.load(at);
    const p = v128.load(parameter);
    const m = v128.load(mean);
    const v = v128.load(square);

    const g0 = f64x2.promote_low_f32x4(g);
    const g1 = f64x2.promote_low_f32x4(upper(g));
    sum = f64x2.add(sum, f64x2.add(g0, g1));
    const m0 = blend(past1, f64x2.promote_low_f32x4(m), new1, g0);
    const m1 = blend(past1, f64x2.promote_low_f32x4(upper(m)), new1, g1);
    const v0 = blend(past2, f64x2.promote_low_f32x4(v), f64x2.mul(new2, g0), g0);
    const v1 = blend(past2, f64x2.promote_low_f32x4(upper(v)), f64x2.mul(new2, g1), g1);
    const d0 = f64x2.add(f64x2.mul(f64x2.sqrt(v0), scales), smallest);
    const d1 = f64x2.add(f64x2.mul(f64x2.sqrt(v1), scales), smallest);
    const p0 = f64x2.sub(f64x2.promote_low_f32x4(p), f64x2.div(f64x2.mul(rates, m0), d0));
    const p1 = f64x2.sub(f64x2.promote_low_f32x4(upper(p)), f64x2.div(f64x2.mul(rates, m1), d1));

    v128.store(mean, together(m0, m1));
    v128.store(square, together(v0, v1));
    v128.store(parameter, together(p0, p1));
    parameter += 16;
    mean += 16;
    square += 16;
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** a x + b y */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function blend(a: v128, x: v128, b: v128, y: v128): v128 {
  return f64x2.add(f64x2.mul(a, x), f64x2.mul(b, y));
}

/** The two upper numbers of four float32 numbers, as the lower two. */
// @ts-expect-error
@inline
function upper(x: v128): v128 {
  return v128.shuffle<i64>(x, x, 1, 1);
}

/** Four float32 numbers of two times two float64 numbers. */
// @ts-expect-error
@inline
function together(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}
