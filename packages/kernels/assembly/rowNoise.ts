import { fillFromTable, SIDE_BYTES } from './noise';
import { fillNormal } from './normal';
import { size } from './structure';

/*
 * The noise of the rows that a pass works on, made where it is needed and never stored: element i of a stream depends on
 * the key and i only, so every pass that needs it makes it again.
 */

/** Numbers that are made at a time, few enough to stay in the first-level cache. */
const AT_A_TIME: i32 = 1024;

/** Instead of the address of a table. */
const NO_NOISE: usize = 0;
const NORMAL: usize = 1;
let table: usize = NO_NOISE;
let shift: f64 = 0;
let buffer: usize = 0;

/**
 * Sets the distribution of the noise: a table of quantiles and a shift, standard normal where the table is 1, or no
 * noise where it is 0. `room` holds max(1024, n) + 32 numbers.
 */
export function setNoise(quantiles: usize, offset: f64, room: usize): void {
  table = quantiles;
  shift = offset;
  buffer = room;
  if (table == NO_NOISE) memory.fill(room, 0, <usize>(size + 16) << 2);
}

/** The largest magnitude of the noise: that of the ends, which the table begins with on either side. */
export function noiseReach(): f32 {
  if (table == NORMAL) return 9.5;
  const ends = max(abs(load<f64>(table)), abs(load<f64>(table + <usize>SIDE_BYTES)));
  // A cubic may exceed the ends by its error.
  return <f32>((ends + abs(shift)) * 1.001);
}

/** How many rows of n numbers are made at a time. */
export function rowsAtATime(n: i32): i32 {
  return max(1, AT_A_TIME / n);
}

/** Makes the noise of some rows of a stream, and returns its address. */
export function noiseOfRows(key0: u32, key1: u32, row: u32, rows: i32, n: i32): usize {
  if (table == NO_NOISE) return buffer;
  const first = row * n;
  // Streams are made in pairs of numbers.
  const odd = first & 1;
  if (table == NORMAL) fillNormal(key0, key1, first - odd, rows * n + odd, buffer);
  else fillFromTable(table, shift, key0, key1, first - odd, rows * n + odd, buffer);
  return buffer + (<usize>odd << 2);
}

/** How far the noise of a row is from that of the row before. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
export function noiseStride(n: i32): usize {
  return table == NO_NOISE ? 0 : <usize>n << 2;
}
