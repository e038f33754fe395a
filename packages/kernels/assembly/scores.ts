/*
 * The points at which a row is solved, as scores: the larger the better, so that a minimiser's are negated. Sums are in
 * double precision, in the order of `place` in perturbAndMap.ts of @aimle/estimators, and rounded to float32 once.
 * -Infinity fills the vector that a row ends in.
 */

/** The sums of magnitudes of all scores so far, by lane: NaN if one was NaN, infinite if one was infinite. */
let magnitudes: v128 = f32x4.splat(0);

/** Starts a new sum of magnitudes. */
export function forgetMagnitudes(): void {
  magnitudes = f32x4.splat(0);
}

/** Adds magnitudes of bounds of scores. */
export function addMagnitudes(sum: v128): void {
  magnitudes = f32x4.add(magnitudes, sum);
}

/** The sum of the magnitudes of all scores since: NaN if one was NaN, infinite if one was. */
export function sumOfMagnitudes(): f64 {
  return (
    <f64>f32x4.extract_lane(magnitudes, 0) +
    <f64>f32x4.extract_lane(magnitudes, 1) +
    <f64>f32x4.extract_lane(magnitudes, 2) +
    <f64>f32x4.extract_lane(magnitudes, 3)
  );
}

// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-expect-error
@inline
function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3));
}

// @ts-expect-error
@inline
function rounded(lower: v128, upper: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(lower), f32x4.demote_f64x2_zero(upper), 0, 1, 4, 5);
}

/** Stores four scores, and adds their magnitudes to a sum. */
// @ts-expect-error
@inline
function put(at: usize, scores: v128, sum: v128): v128 {
  v128.store(at, scores);
  return f32x4.add(sum, f32x4.abs(scores));
}

/** Stores the last vector of a row, whose first `count` lanes belong to it. */
// @ts-expect-error
@inline
function putLast(at: usize, scores: v128, sum: v128, count: i32): v128 {
  const inside = i32x4.gt_s(i32x4.splat(count), i32x4(0, 1, 2, 3));
  v128.store(at, v128.bitselect(scores, f32x4.splat(-Infinity), inside));
  return f32x4.add(sum, v128.and(inside, f32x4.abs(scores)));
}

/** Four scores theta + temperature * noise. */
// @ts-expect-error
@inline
function perturbed(theta: v128, noise: v128, temperature: v128, one: bool): v128 {
  // The sum of two numbers rounds the same in either precision.
  if (one) return f32x4.add(theta, noise);
  return rounded(
    f64x2.add(low(theta), f64x2.mul(temperature, low(noise))),
    f64x2.add(high(theta), f64x2.mul(temperature, high(noise))),
  );
}

/** Writes flipped theta + temperature * noise. `flip` has the sign bits of a minimiser. */
export function writePerturbed(theta: usize, noise: usize, temperature: f64, flip: v128, n: i32, to: usize): void {
  const factor = f64x2.splat(temperature);
  const one = temperature == 1;
  const whole = <usize>(n & ~3) << 2;
  let sum = magnitudes;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const base = v128.xor(v128.load(theta + at), flip);
    sum = put(to + at, perturbed(base, v128.load(noise + at), factor, one), sum);
  }
  if ((n & 3) != 0) {
    const base = v128.xor(v128.load(theta + at), flip);
    sum = putLast(to + at, perturbed(base, v128.load(noise + at), factor, one), sum, n & 3);
  }
  magnitudes = sum;
}

/** Four scores base + along * gradient + temperature * noise. */
// @ts-expect-error
@inline
function moved(base: v128, gradient: v128, noise: v128, along: v128, temperature: v128): v128 {
  return rounded(
    f64x2.add(f64x2.add(low(base), f64x2.mul(along, low(gradient))), f64x2.mul(temperature, low(noise))),
    f64x2.add(f64x2.add(high(base), f64x2.mul(along, high(gradient))), f64x2.mul(temperature, high(noise))),
  );
}

/** Writes flipped theta + along * gradient + temperature * noise. `keep` is 0 where theta is left out. */
export function writeMoved(
  theta: usize,
  gradient: usize,
  noise: usize,
  along: f64,
  temperature: f64,
  flip: v128,
  keep: v128,
  n: i32,
  to: usize,
): void {
  const length = f64x2.splat(along);
  const factor = f64x2.splat(temperature);
  const whole = <usize>(n & ~3) << 2;
  let sum = magnitudes;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const base = v128.and(v128.xor(v128.load(theta + at), flip), keep);
    const scores = moved(base, v128.load(gradient + at), v128.load(noise + at), length, factor);
    sum = put(to + at, scores, sum);
  }
  if ((n & 3) != 0) {
    const base = v128.and(v128.xor(v128.load(theta + at), flip), keep);
    const scores = moved(base, v128.load(gradient + at), v128.load(noise + at), length, factor);
    sum = putLast(to + at, scores, sum, n & 3);
  }
  magnitudes = sum;
}

/** Writes the points on both sides of theta, `along` to either, as `writeMoved` does for each. */
export function writeSides(
  theta: usize,
  gradient: usize,
  noise: usize,
  along: f64,
  temperature: f64,
  flip: v128,
  keep: v128,
  n: i32,
  lower: usize,
  upper: usize,
): void {
  const length = f64x2.splat(along);
  const factor = f64x2.splat(temperature);
  const whole = <usize>(n & ~3) << 2;
  let sum = magnitudes;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const base = v128.and(v128.xor(v128.load(theta + at), flip), keep);
    const g = v128.load(gradient + at);
    const e = v128.load(noise + at);
    const baseLow = low(base);
    const baseHigh = high(base);
    const stepLow = f64x2.mul(length, low(g));
    const stepHigh = f64x2.mul(length, high(g));
    const noiseLow = f64x2.mul(factor, low(e));
    const noiseHigh = f64x2.mul(factor, high(e));
    const below = rounded(
      f64x2.add(f64x2.sub(baseLow, stepLow), noiseLow),
      f64x2.add(f64x2.sub(baseHigh, stepHigh), noiseHigh),
    );
    const above = rounded(
      f64x2.add(f64x2.add(baseLow, stepLow), noiseLow),
      f64x2.add(f64x2.add(baseHigh, stepHigh), noiseHigh),
    );
    sum = put(lower + at, below, sum);
    sum = put(upper + at, above, sum);
  }
  magnitudes = sum;
  if ((n & 3) == 0) return;
  writeMoved(theta + at, gradient + at, noise + at, -along, temperature, flip, keep, n & 3, lower + at);
  writeMoved(theta + at, gradient + at, noise + at, along, temperature, flip, keep, n & 3, upper + at);
}

/*
 * The points of many draws of the noise have the same base, theta moved along the gradient. It is kept in double
 * precision, for both sides: 16 bytes for each score, four scores after the other.
 */

/** Writes the bases of both sides. The upper one is moved where `central`, and keeps theta where `keepUpper` says. */
export function writeBases(
  theta: usize,
  gradient: usize,
  along: f64,
  flip: v128,
  keepLower: v128,
  keepUpper: v128,
  central: bool,
  n: i32,
  to: usize,
): void {
  const length = f64x2.splat(along);
  const lengthUpper = f64x2.splat(central ? along : 0);
  const end = theta + (<usize>n << 2);
  for (; theta < end; theta += 16, gradient += 16, to += 64) {
    const scores = v128.xor(v128.load(theta), flip);
    const below = v128.and(scores, keepLower);
    const above = v128.and(scores, keepUpper);
    const g = v128.load(gradient);
    v128.store(to, f64x2.sub(low(below), f64x2.mul(length, low(g))));
    v128.store(to, f64x2.sub(high(below), f64x2.mul(length, high(g))), 16);
    v128.store(to, f64x2.add(low(above), f64x2.mul(lengthUpper, low(g))), 32);
    v128.store(to, f64x2.add(high(above), f64x2.mul(lengthUpper, high(g))), 48);
  }
}

/** Four scores base + temperature * noise, of a base in double precision. */
// @ts-expect-error
@inline
function onBase(base: usize, noiseLow: v128, noiseHigh: v128): v128 {
  return rounded(f64x2.add(v128.load(base), noiseLow), f64x2.add(v128.load(base, 16), noiseHigh));
}

/** Writes the points of both sides from their bases. */
export function writeFromBases(
  bases: usize,
  noise: usize,
  temperature: f64,
  n: i32,
  lower: usize,
  upper: usize,
): void {
  const factor = f64x2.splat(temperature);
  const one = temperature == 1;
  const end = lower + (<usize>(n & ~3) << 2);
  let sum = magnitudes;
  for (; lower < end; lower += 16, upper += 16, noise += 16, bases += 64) {
    const e = v128.load(noise);
    const noiseLow = one ? low(e) : f64x2.mul(factor, low(e));
    const noiseHigh = one ? high(e) : f64x2.mul(factor, high(e));
    sum = put(lower, onBase(bases, noiseLow, noiseHigh), sum);
    sum = put(upper, onBase(bases + 32, noiseLow, noiseHigh), sum);
  }
  if ((n & 3) != 0) {
    const e = v128.load(noise);
    const noiseLow = f64x2.mul(factor, low(e));
    const noiseHigh = f64x2.mul(factor, high(e));
    sum = putLast(lower, onBase(bases, noiseLow, noiseHigh), sum, n & 3);
    sum = putLast(upper, onBase(bases + 32, noiseLow, noiseHigh), sum, n & 3);
  }
  magnitudes = sum;
}
