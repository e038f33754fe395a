import { wordsOf, writeState } from './bits';
import { events, samples } from './layout';
import { noiseOfRows, noiseStride, rowsAtATime } from './rowNoise';
import { size } from './structure';

/*
 * Sums along rows, in double precision and in the order of the row, as @aimle/estimators sums them. A sum cannot be
 * split without other rounding, so a vector holds the sums of two rows. Each row gives two doubles.
 */

/** Where the second row of a pair begins: there is none behind the last one, which is then its own partner. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function partner(row: i32, rows: i32): usize {
  return row + 1 < rows ? <usize>size << 2 : 0;
}

/** Stores the two sums of two rows; the second one first, since it may be the first again. */
// @ts-expect-error
@inline
function putSums(first: v128, second: v128, out: usize, next: usize): void {
  const at = next == 0 ? out : out + 16;
  store<f64>(at, f64x2.extract_lane(first, 1));
  store<f64>(at, f64x2.extract_lane(second, 1), 8);
  store<f64>(out, f64x2.extract_lane(first, 0));
  store<f64>(out, f64x2.extract_lane(second, 0), 8);
}

/** The number j of two rows, in double precision. */
// @ts-expect-error
@inline
function pair(at: usize, next: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load32_lane(at + next, v128.load32_zero(at), 1));
}

/** Subtracts c (z - 1/2) from the numbers of each row, as `withoutCurvature` does. */
export function correctRows(numbers: usize, states: usize, rows: i32, c: f64): void {
  const half = c * 0.5;
  const bytes = <usize>size << 2;
  for (let row = 0; row < rows; row++, numbers += bytes, states += <usize>wordsOf(size) << 2) {
    for (let j: usize = 0; j < <usize>size; j++) {
      const one = (load<u32>(states + ((j >> 5) << 2)) >> <u32>(j & 31)) & 1;
      const at = numbers + (j << 2);
      store<f32>(at, <f32>(<f64>load<f32>(at) - (one ? half : -half)));
    }
  }
}

/** Sums factor * g along each row, and its square. */
export function sumRows(numbers: usize, rows: i32, factor: f64, out: usize): void {
  const scale = f64x2.splat(factor);
  const bytes = <usize>size << 2;
  for (let row = 0; row < rows; row += 2, numbers += 2 * bytes, out += 32) {
    const next = partner(row, rows);
    let sum = f64x2.splat(0);
    let squares = f64x2.splat(0);
    for (let at = numbers; at < numbers + bytes; at += 4) {
      const g = f64x2.mul(scale, pair(at, next));
      sum = f64x2.add(sum, g);
      squares = f64x2.add(squares, f64x2.mul(g, g));
    }
    putSums(sum, squares, out, next);
  }
}

/**
 * Sums g minus its mean, and z, along each row from row `first` on, weighted by the noise minus its mean: `overNoise` of
 * curvatureCorrection.ts. `room` is for two rows of numbers.
 */
export function covaryWithNoise(
  first: u32,
  rows: i32,
  key0: u32,
  key1: u32,
  noiseMean: f64,
  numbers: usize,
  states: usize,
  room: usize,
  out: usize,
): void {
  const n = size;
  const bytes = <usize>n << 2;
  const words = <usize>wordsOf(n) << 2;
  const centre = f64x2.splat(noiseMean);
  const count = f64x2.splat(<f64>n);
  const most = rowsAtATime(n);
  for (let done = 0; done < rows; done += most) {
    const here = min(most, rows - done);
    let noise = noiseOfRows(key0, key1, first + done, here, n);
    for (let row = 0; row < here; row += 2) {
      const next = partner(row, here);
      writeState(states, n, room);
      if (next != 0) writeState(states + words, n, room + bytes);
      let mean = f64x2.splat(0);
      for (let j: usize = 0; j < bytes; j += 4) {
        mean = f64x2.add(mean, f64x2.div(pair(numbers + j, next), count));
      }
      let along = f64x2.splat(0);
      let moved = f64x2.splat(0);
      for (let j: usize = 0; j < bytes; j += 4) {
        const off = f64x2.sub(pair(noise + j, next), centre);
        along = f64x2.add(along, f64x2.mul(off, f64x2.sub(pair(numbers + j, next), mean)));
        moved = f64x2.add(moved, f64x2.mul(off, pair(room + j, next)));
      }
      putSums(along, moved, out, next);
      noise += 2 * noiseStride(n);
      const step: usize = next == 0 ? 1 : 2;
      numbers += step * bytes;
      states += step * words;
      out += step << 4;
    }
  }
}

/**
 * Sums g and z along each row of `elements` batch elements, weighted by z minus the mean of the instance's samples:
 * `overSamples` of curvatureCorrection.ts. `room` is for the numbers of z of a batch element, and `centres` for events *
 * n doubles.
 */
export function covaryOverSamples(
  elements: i32,
  numbers: usize,
  states: usize,
  room: usize,
  centres: usize,
  out: usize,
): void {
  const n = size;
  const bytes = <usize>n << 2;
  const words = <usize>wordsOf(n) << 2;
  const rows = samples * events;
  const share = 1 / <f64>samples;
  for (let element = 0; element < elements; element++) {
    for (let row: usize = 0; row < <usize>rows; row++) writeState(states + row * words, n, room + row * bytes);
    memory.fill(centres, 0, <usize>(events * n) << 3);
    for (let row = 0; row < rows; row++) {
      const z = room + <usize>row * bytes;
      const centre = centres + (<usize>((row % events) * n) << 3);
      for (let j: usize = 0; j < <usize>n; j++) {
        const at = centre + (j << 3);
        store<f64>(at, load<f64>(at) + <f64>load<f32>(z + (j << 2)) * share);
      }
    }
    // Row by row, since the two of a pair may be of different instances.
    for (let row = 0; row < rows; row++, numbers += bytes, out += 16) {
      const z = room + <usize>row * bytes;
      const centre = centres + (<usize>((row % events) * n) << 3);
      let sums = f64x2.splat(0);
      for (let j: usize = 0; j < <usize>n; j++) {
        const off = v128.load64_splat(centre + (j << 3));
        const state = v128.load32_splat(z + (j << 2));
        const both = f64x2.promote_low_f32x4(v128.load32_lane(numbers + (j << 2), state, 0));
        const weight = f64x2.sub(f64x2.promote_low_f32x4(state), off);
        sums = f64x2.add(sums, f64x2.mul(weight, both));
      }
      v128.store(out, sums);
    }
    states += <usize>rows * words;
  }
}
