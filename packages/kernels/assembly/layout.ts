import { wordsOf } from './bits';
import { size } from './structure';

/*
 * The layout of a pass. Rows are in the order (batch, sample, event), as the layout of @aimle/estimators; the instances
 * of theta in the order (batch, event).
 */

export let samples: i32 = 1;
export let events: i32 = 1;
/** States whose differences are summed before changes are counted. */
export let grouped: i32 = 1;
/** The sign bits of a minimiser: scores are the larger the better. */
export let flip: v128 = i32x4.splat(0);

/** Room for the scores of a row on either side, the states there, and the sums of a group. */
export let lower: usize = 0;
export let upper: usize = 0;
export let lowerState: usize = 0;
export let upperState: usize = 0;
export let sums: usize = 0;

/** Sets the layout. `room` holds 2 (n + 40) + 2 (n / 32 + 1) + events * n numbers of four bytes. */
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
