import { HALF, half, kthOfHalves, setNetwork, sortHalves, transpose } from './fourRows';
import { fourNoises, fourScores, halves } from './own';
import { addMagnitudes } from './scores';

/*
 * The best states on both sides of four rows under a draw of the noise, found in single precision. The sums that count
 * are in double precision and rounded: scores.ts. Where the k-th best score leads the next one by more than the
 * difference between the two can be, the chosen are the same. Otherwise, rarely, the caller solves
 * the row as it is.
 */

/** The relative difference between the scores of either kind is below 11 * 2^-24, on both sides of the lead. */
const TOLERANCE: f32 = 9.5367431640625e-7; // 2^-20
/** Where numbers are so small that differences are not relative. */
const LEAST: f32 = 1e-42;
/** Larger scores may become infinite in one sum, and not in the other. */
const LARGE: f32 = 1e38;

/** Bytes of the bases of four rows: a vector for each side of an item, and one of how much they must lead. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
export function fourBasesBytes(n: i32): usize {
  return (<usize>n << 5) + 16;
}

/**
 * Writes the bases of four rows in single precision, from rows `stride` apart. `reach` is the largest magnitude of the
 * noise, times its temperature.
 */
export function writeFourBases(lower: usize, upper: usize, stride: usize, n: i32, reach: f32, to: usize): void {
  transpose(lower, stride, n, fourNoises);
  transpose(upper, stride, n, fourScores);
  const infinite = f32x4.splat(Infinity);
  let sum = f32x4.splat(0);
  let most = sum;
  for (let j: usize = 0; j < <usize>n << 4; j += 16) {
    const below = v128.load(fourNoises + j);
    const above = v128.load(fourScores + j);
    v128.store(to + 2 * j, below);
    v128.store(to + 2 * j, above, 16);
    const a = f32x4.abs(below);
    const b = f32x4.abs(above);
    most = f32x4.pmax(most, v128.and(a, f32x4.lt(a, infinite)));
    most = f32x4.pmax(most, v128.and(b, f32x4.lt(b, infinite)));
    // Twice, so that no score is infinite where the sum is not.
    sum = f32x4.add(sum, f32x4.add(f32x4.add(a, a), f32x4.add(b, b)));
  }
  addMagnitudes(f32x4.add(sum, f32x4.splat(reach)));
  most = f32x4.add(most, f32x4.splat(reach));
  const lead = f32x4.add(f32x4.mul(most, f32x4.splat(TOLERANCE)), f32x4.splat(LEAST));
  const bounded = f32x4.lt(most, f32x4.splat(LARGE));
  v128.store(to + (<usize>n << 5), v128.bitselect(lead, infinite, bounded));
}

/**
 * Marks the best states of four rows whose noise is `stride` apart, and returns whether each is certain: where one is
 * not, another number of items than k is marked in it.
 */
export function solveFourSides(
  bases: usize,
  noise: usize,
  stride: usize,
  temperature: f32,
  n: i32,
  k: i32,
  lowerStates: usize,
  upperStates: usize,
): bool {
  setNetwork(n, k);
  transpose(noise, stride, n, fourNoises);
  const lead = v128.load(bases + (<usize>n << 5));
  const none = i32x4.splat(0);
  if (v128.any_true(f32x4.eq(lead, f32x4.splat(Infinity)))) {
    v128.store(lowerStates, none);
    v128.store(upperStates, none);
    return false;
  }
  const factor = f32x4.splat(temperature);
  const all = <usize>n << 4;
  const first = <usize>half << 4;
  for (let j: usize = 0; j < all; j += 16) {
    const e = f32x4.mul(v128.load(fourNoises + j), factor);
    const below = f32x4.add(v128.load(bases + 2 * j), e);
    const above = f32x4.add(v128.load(bases + 2 * j, 16), e);
    v128.store(fourScores + 2 * j, below);
    v128.store(fourScores + 2 * j, above, 16);
    const place = halves + (j < first ? j : j - first + HALF);
    v128.store(place, below);
    v128.store(place, above, 2 * HALF);
  }
  if ((n & 1) != 0) {
    const place = halves + first - 16 + HALF;
    v128.store(place, f32x4.splat(-Infinity));
    v128.store(place, f32x4.splat(-Infinity), 2 * HALF);
  }
  sortHalves();
  const leastBelow = f32x4.sub(kthOfHalves(halves), lead);
  const leastAbove = f32x4.sub(kthOfHalves(halves + 2 * HALF), lead);
  let below = none;
  let above = none;
  for (let at = fourScores + 2 * all; at > fourScores; ) {
    at -= 32;
    below = i32x4.sub(i32x4.add(below, below), f32x4.ge(v128.load(at), leastBelow));
    above = i32x4.sub(i32x4.add(above, above), f32x4.ge(v128.load(at, 16), leastAbove));
  }
  v128.store(lowerStates, below);
  v128.store(upperStates, above);
  return marked(lowerStates) == 4 * k && marked(upperStates) == 4 * k;
}

/** How many items are marked in four states. */
// @ts-expect-error
@inline
function marked(states: usize): i32 {
  return <i32>(popcnt(load<u64>(states)) + popcnt(load<u64>(states, 8)));
}
