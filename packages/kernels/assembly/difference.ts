import { wordsOf, writeState } from './bits';
import { noiseOfRows, noiseStride, rowsAtATime } from './rowNoise';
import { writeMoved, writePerturbed, writeSides } from './scores';
import { size, solveRow, solveRowAgain } from './structure';

/*
 * Perturb-and-MAP and its finite differences, a few rows at a time: made, solved, compared and summed while they are in
 * the first-level cache. Rows are in the order (batch, sample, event), as the layout of @aimle/estimators; the numbers
 * and the order of every sum are those of averageDifference.ts there.
 */

/** What stands above the lower point. */
const CENTRAL = 0; // the point as far on the other side
const STATE = 1; // the state that was drawn, in the first draw; the point of PLAIN in others
const PLAIN = 2; // theta with noise
const TARGET = 3; // the target without its step

let samples: i32 = 1;
let events: i32 = 1;
/** States whose differences are summed before changes are counted. */
let grouped: i32 = 1;
let flip: v128 = i32x4.splat(0);
/** Room for two rows of scores, two states, and the sums of one group. */
let lower: usize = 0;
let upper: usize = 0;
let lowerState: usize = 0;
let upperState: usize = 0;
let sums: usize = 0;

/**
 * Sets the layout. `room` holds 2 (n + 40) + 2 (n / 32 + 1) + events * n numbers of four bytes.
 */
export function setLayout(ofSamples: i32, ofEvents: i32, group: i32, minimise: bool, room: usize): void {
  samples = ofSamples;
  events = ofEvents;
  grouped = group;
  flip = i32x4.splat(minimise ? i32.MIN_VALUE : 0);
  const row = <usize>(size + 40) << 2;
  const state = <usize>wordsOf(size) << 2;
  lower = room;
  upper = room + row;
  lowerState = upper + row;
  upperState = lowerState + state;
  sums = upperState + state;
  if (grouped > 1) memory.fill(sums, 0, <usize>(events * size) << 2);
}

/**
 * Solves theta + temperature * noise for the rows of batch elements [first, first + count): writes z, and the states as
 * bits.
 */
export function sampleStates(
  first: u32,
  count: i32,
  key0: u32,
  key1: u32,
  temperature: f64,
  theta: usize,
  z: usize,
  states: usize,
): void {
  const n = size;
  const bytes = <usize>n << 2;
  const words = <usize>wordsOf(n) << 2;
  const most = rowsAtATime(n);
  const stride = noiseStride(n);
  let row: u32 = first * samples * events;
  let left = count * samples * events;
  let sample = 0;
  let event = 0;
  while (left > 0) {
    const rows = min(left, most);
    let noise = noiseOfRows(key0, key1, row, rows, n);
    for (let i = 0; i < rows; i++, noise += stride, z += bytes, states += words) {
      writePerturbed(theta + <usize>event * bytes, noise, temperature, flip, n, lower);
      solveRow(lower, states);
      writeState(states, n, z);
      if (++event == events) {
        event = 0;
        if (++sample == samples) {
          sample = 0;
          theta += <usize>events * bytes;
        }
      }
    }
    row += rows;
    left -= rows;
  }
}

/**
 * Averages differences over draws of the noise, for batch elements [first, first + count). `along` and `weights` have a
 * double for each instance: the length of the step, and the factor of the difference. `keys` has two words for each
 * draw. `states` are those of the first draw. `spare` is room for events * n numbers. Adds to `counts`, three doubles
 * for each draw: changed coordinates, changed groups, and squared changes of the number of ones.
 */
export function averageDifferences(
  first: u32,
  count: i32,
  keys: usize,
  draws: i32,
  temperature: f64,
  keepTheta: bool,
  above: i32,
  theta: usize,
  gradient: usize,
  along: usize,
  weights: usize,
  states: usize,
  spare: usize,
  out: usize,
  counts: usize,
): void {
  const block = <usize>(events * size) << 2;
  const rows = <usize>(samples * events);
  for (let b = 0; b < count; b++) {
    memory.fill(out, 0, block);
    for (let draw = 0; draw < draws; draw++) {
      const into = draw == 0 ? out : spare;
      if (draw > 0) memory.fill(spare, 0, block);
      const key = keys + (<usize>draw << 3);
      addDifferences(
        first + b,
        load<u32>(key),
        load<u32>(key, 4),
        temperature,
        i32x4.splat(keepTheta ? -1 : 0),
        above,
        theta,
        gradient,
        along,
        weights,
        draw == 0 ? states : 0,
        into,
        counts + <usize>draw * 24,
      );
      if (draw > 0) addRows(out, spare, events * size);
    }
    if (draws > 1) divideRows(out, <f32>draws, events * size);
    theta += block;
    out += block;
    along += <usize>events << 3;
    weights += <usize>events << 3;
    gradient += rows * (<usize>size << 2);
    states += rows * (<usize>wordsOf(size) << 2);
  }
}

/** Adds the differences of one batch element under one draw. `states` is 0 where no state was drawn with this noise. */
function addDifferences(
  element: u32,
  key0: u32,
  key1: u32,
  temperature: f64,
  keep: v128,
  above: i32,
  theta: usize,
  gradient: usize,
  along: usize,
  weights: usize,
  states: usize,
  out: usize,
  counts: usize,
): void {
  const n = size;
  const bytes = <usize>n << 2;
  const words = <usize>wordsOf(n) << 2;
  const most = rowsAtATime(n);
  const stride = noiseStride(n);
  let changed: i64 = 0;
  let changedGroups: i64 = 0;
  let changedSize: f64 = 0;
  let row: u32 = element * samples * events;
  let left = samples * events;
  let event = 0;
  let inGroup = 1;
  while (left > 0) {
    const rows = min(left, most);
    let noise = noiseOfRows(key0, key1, row, rows, n);
    for (let i = 0; i < rows; i++, noise += stride, gradient += bytes) {
      const at = theta + <usize>event * bytes;
      const step = load<f64>(along + (<usize>event << 3));
      let upperBits = upperState;
      if (above == CENTRAL) {
        writeSides(at, gradient, noise, step, temperature, flip, keep, n, lower, upper);
      } else {
        writeMoved(at, gradient, noise, -step, temperature, flip, keep, n, lower);
        if (above == TARGET) writeMoved(at, gradient, noise, 0, temperature, flip, keep, n, upper);
        else if (above == PLAIN || states == 0) writePerturbed(at, noise, temperature, flip, n, upper);
        else upperBits = states;
      }
      if (states != 0) {
        solveRowAgain(lower, states, lowerState);
        if (upperBits != states) solveRowAgain(upper, states, upperState);
        states += words;
      } else {
        solveRow(lower, lowerState);
        solveRowAgain(upper, lowerState, upperState);
      }
      const target = out + <usize>event * bytes;
      const weight = load<f64>(weights + (<usize>event << 3));
      let coordinates = 0;
      let ones = 0;
      if (grouped == 1) {
        for (let word: usize = 0; word < words; word += 4) {
          const up = load<u32>(upperBits + word);
          const down = load<u32>(lowerState + word);
          ones += popcnt(up) - popcnt(down);
          for (let bits = up ^ down; bits != 0; bits &= bits - 1) {
            const bit = ctz(bits);
            addTo(target + (word << 5) + (<usize>bit << 2), (up >> bit) & 1 ? weight : -weight);
            coordinates++;
          }
        }
      } else {
        const sum = sums + <usize>event * bytes;
        for (let word: usize = 0; word < words; word += 4) {
          const up = load<u32>(upperBits + word);
          for (let bits = up ^ load<u32>(lowerState + word); bits != 0; bits &= bits - 1) {
            const bit = ctz(bits);
            const place = sum + (word << 5) + (<usize>bit << 2);
            store<i32>(place, load<i32>(place) + ((up >> bit) & 1 ? 1 : -1));
          }
        }
        if (inGroup == grouped) {
          for (let j: usize = 0; j < bytes; j += 4) {
            const value = load<i32>(sum + j);
            if (value == 0) continue;
            store<i32>(sum + j, 0);
            addTo(target + j, weight * <f64>value);
            ones += value;
            coordinates++;
          }
        }
      }
      changed += coordinates;
      changedSize += <f64>ones * <f64>ones;
      if (coordinates > 0) changedGroups++;
      if (++event == events) {
        event = 0;
        inGroup = inGroup == grouped ? 1 : inGroup + 1;
      }
    }
    row += rows;
    left -= rows;
  }
  store<f64>(counts, load<f64>(counts) + <f64>changed);
  store<f64>(counts, load<f64>(counts, 8) + <f64>changedGroups, 8);
  store<f64>(counts, load<f64>(counts, 16) + changedSize, 16);
}

/** Adds in double precision, and rounds. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function addTo(at: usize, value: f64): void {
  store<f32>(at, <f32>(<f64>load<f32>(at) + value));
}

function addRows(to: usize, from: usize, count: i32): void {
  const end = to + (<usize>count << 2);
  for (; to + 16 <= end; to += 16, from += 16) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  }
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
}

function divideRows(to: usize, divisor: f32, count: i32): void {
  const end = to + (<usize>count << 2);
  const divisors = f32x4.splat(divisor);
  for (; to + 16 <= end; to += 16) v128.store(to, f32x4.div(v128.load(to), divisors));
  for (; to < end; to += 4) store<f32>(to, load<f32>(to) / divisor);
}
