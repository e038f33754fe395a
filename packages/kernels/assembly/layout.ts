import { wordsOf } from './bits';
import { rowsAtATime } from './rowNoise';
import { FEW } from './selection';
import { size } from './structure';

/*
 * The layout of a pass, and room for the rows that it works on at a time. Rows are in the order (batch, sample, event),
 * as the layout of @aimle/estimators; the instances of theta in the order (batch, event).
 */

export let samples: i32 = 1;
export let events: i32 = 1;
/** States whose differences are summed before changes are counted. */
export let grouped: i32 = 1;
/** The sign bits of a minimiser: scores are the larger the better. */
export let flip: v128 = i32x4.splat(0);

/** The scores of the rows on either side, and their states; how far a row is from the one before, in bytes. */
export let lower: usize = 0;
export let upper: usize = 0;
export let lowerStates: usize = 0;
export let upperStates: usize = 0;
export let rowStride: usize = 0;
export let stateStride: usize = 0;
/** Of each row its instance, and whether it ends a group. */
export let instances: usize = 0;
export let ends: usize = 0;

/**
 * Sets the layout. `room` holds r (2 n + 90 + n / 16) + 64 numbers of four bytes, with r the number of rows at a time.
 */
export function setLayout(ofSamples: i32, ofEvents: i32, group: i32, minimise: bool, room: usize): void {
  samples = ofSamples;
  events = ofEvents;
  grouped = group;
  flip = i32x4.splat(minimise ? i32.MIN_VALUE : 0);
  const rows = <usize>rowsAtATime(size);
  // More than a few scores are read up to 31 behind the last.
  rowStride = <usize>((size + (size > FEW ? 35 : 3)) & ~3) << 2;
  stateStride = <usize>wordsOf(size) << 2;
  lower = room;
  upper = lower + rows * rowStride;
  instances = upper + rows * rowStride + 16;
  ends = instances + (rows << 2);
  lowerStates = ends + (rows << 2);
  upperStates = lowerStates + rows * stateStride;
}

/** Notes the instances of `count` rows from `row` on, counted from a batch element on. */
export function placeRows(row: i32, count: i32): void {
  let event = row % events;
  const state = row / events;
  let sample = state % samples;
  let first = (state / samples) * events;
  for (let i: usize = 0; i < <usize>count << 2; i += 4) {
    store<i32>(instances + i, first + event);
    store<i32>(ends + i, (sample + 1) % grouped == 0 ? 1 : 0);
    if (++event < events) continue;
    event = 0;
    if (++sample < samples) continue;
    sample = 0;
    first += events;
  }
}
