import { wordsOf } from './bits';
import { size } from './structure';

/*
 * What perturbations changed, summed as averageDifference.ts of @aimle/estimators sums it: the same numbers, in the same
 * order.
 */

let coordinates: i64 = 0;
let groups: i64 = 0;
let squares: f64 = 0;

export function forgetChanges(): void {
  coordinates = 0;
  groups = 0;
  squares = 0;
}

/** Adds to three doubles: changed coordinates, changed groups, and squared changes of the number of ones. */
export function addChanges(to: usize): void {
  store<f64>(to, load<f64>(to) + <f64>coordinates);
  store<f64>(to, load<f64>(to, 8) + <f64>groups, 8);
  store<f64>(to, load<f64>(to, 16) + squares, 16);
}

/** Counts a group whose difference has that many coordinates, and that sum. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function count(changed: i32, ones: i32): void {
  coordinates += changed;
  groups += <i64>(changed > 0);
  squares += <f64>ones * <f64>ones;
}

/** Adds in double precision, and rounds. */
// @ts-expect-error
@inline
function addTo(at: usize, value: f64): void {
  store<f32>(at, <f32>(<f64>load<f32>(at) + value));
}

/** More changed items of a word than this are added four at a time, with the others between them. */
const FEW_CHANGES = 4;

/** For four bits of an upper state, and four more of a lower one, their differences as doubles; -0 changes no sum. */
const DIFFERENCES: usize = memory.data(256 * 32, 16);
for (let bits = 0; bits < 1024; bits++) {
  const lane = bits & 3;
  const up = (bits >> (2 + lane)) & 1;
  const down = (bits >> (6 + lane)) & 1;
  store<f64>(DIFFERENCES + (<usize>bits << 3), up == down ? -0.0 : <f64>(up - down));
}

/** Adds `weight` > 0 times the differences of four items. */
// @ts-expect-error
@inline
function addFour(upper: u32, lower: u32, weight: v128, at: usize): void {
  const differences = DIFFERENCES + (<usize>((upper & 15) | ((lower & 15) << 4)) << 5);
  const low = f64x2.promote_low_f32x4(v128.load64_zero(at));
  const high = f64x2.promote_low_f32x4(v128.load64_zero(at, 8));
  const lowSum = f64x2.add(low, f64x2.mul(weight, v128.load(differences)));
  const highSum = f64x2.add(high, f64x2.mul(weight, v128.load(differences, 16)));
  v128.store(
    at,
    v128.shuffle<i64>(f32x4.demote_f64x2_zero(lowSum), f32x4.demote_f64x2_zero(highSum), 0, 2),
  );
}

/** Adds `weight` times the difference of two states, where a row is a group of its own. */
export function addDifference(upper: usize, lower: usize, weight: f64, out: usize): void {
  const words = <usize>wordsOf(size) << 2;
  // Whole vectors of items: items of other rows follow the last one.
  const fours = <usize>(size & ~3) << 2;
  let changed = 0;
  let ones = 0;
  for (let word: usize = 0; word < words; word += 4) {
    const up = load<u32>(upper + word);
    const down = load<u32>(lower + word);
    let bits = up ^ down;
    if (bits == 0) continue;
    const count = <i32>popcnt(bits);
    ones += popcnt(up) - popcnt(down);
    changed += count;
    if (count > FEW_CHANGES) {
      const from = word << 5;
      const end = min(fours, from + 128);
      let above = weight < 0 ? down : up;
      let below = weight < 0 ? up : down;
      const size = f64x2.splat(abs(weight));
      for (let at = from; at < end; at += 16, above >>= 4, below >>= 4) addFour(above, below, size, out + at);
      bits &= end - from == 128 ? 0 : <u32>-1 << <u32>((end - from) >> 2);
    }
    for (; bits != 0; bits &= bits - 1) {
      const bit = ctz(bits);
      addTo(out + (word << 5) + (<usize>bit << 2), (up >> bit) & 1 ? weight : -weight);
    }
  }
  count(changed, ones);
}

/** Adds the difference of two states to the sums of a group. */
export function addToGroup(upper: usize, lower: usize, sums: usize): void {
  const words = <usize>wordsOf(size) << 2;
  for (let word: usize = 0; word < words; word += 4) {
    const up = load<u32>(upper + word);
    for (let bits = up ^ load<u32>(lower + word); bits != 0; bits &= bits - 1) {
      const bit = ctz(bits);
      const at = sums + (word << 5) + (<usize>bit << 2);
      store<i32>(at, load<i32>(at) + ((up >> bit) & 1 ? 1 : -1));
    }
  }
}

/** Adds `weight` times the sums of a group, and starts the next one. */
export function addGroup(sums: usize, weight: f64, out: usize): void {
  const bytes = <usize>size << 2;
  let changed = 0;
  let ones = 0;
  for (let j: usize = 0; j < bytes; j += 4) {
    const value = load<i32>(sums + j);
    if (value == 0) continue;
    store<i32>(sums + j, 0);
    addTo(out + j, weight * <f64>value);
    ones += value;
    changed++;
  }
  count(changed, ones);
}
