import { fourBasesBytes, solveFourSides, writeFourBases } from './fourSides';
import {
  events,
  flip,
  lower,
  lowerStates,
  rowStride,
  samples,
  stateStride,
  upper,
  upperStates,
} from './layout';
import { noiseStride } from './rowNoise';
import { writeBases, writeFromBases } from './scores';
import { size, solveRow } from './structure';

/*
 * What the rows of several draws of the noise share: their points without noise, the bases, and solving from these.
 */

/** What stands above the lower point. */
export const CENTRAL = 0; // the point as far on the other side
export const STATE = 1; // the state that was drawn; in other draws PLAIN
const PLAIN = 2; // theta with noise
export const TARGET = 3; // the target without its step

/** Writes the bases of all rows of some batch elements. */
export function writeAllBases(
  elements: i32,
  keep: v128,
  above: i32,
  theta: usize,
  gradient: usize,
  along: usize,
  bases: usize,
): void {
  const bytes = <usize>size << 2;
  const keepUpper = above == CENTRAL || above == TARGET ? keep : i32x4.splat(-1);
  for (let element = 0; element < elements; element++) {
    for (let sample = 0; sample < samples; sample++) {
      for (let event = 0; event < events; event++) {
        const step = load<f64>(along + (<usize>event << 3));
        const at = theta + <usize>event * bytes;
        writeBases(at, gradient, step, flip, keep, keepUpper, above == CENTRAL, size, bases);
        gradient += bytes;
        bases += <usize>((size + 3) & ~3) << 4;
      }
    }
    theta += <usize>events * bytes;
    along += <usize>events << 3;
  }
}

/** Noise of 0 for a row of few scores. */
const zeros: usize = memory.data(144, 16);

/** Writes the bases of rows in single precision, four rows at a time; less than four are left out at the end. */
export function writeAllFours(bases: usize, rows: i32, reach: f32, fours: usize): void {
  const step = <usize>((size + 3) & ~3) << 4;
  for (let row = 0; row + 4 <= rows; row += 4) {
    for (let i: usize = 0; i < 4; i++, bases += step) {
      writeFromBases(bases, zeros, 0, size, lower + i * rowStride, upper + i * rowStride);
    }
    writeFourBases(lower, upper, rowStride, size, reach, fours);
    fours += fourBasesBytes(size);
  }
}

/** Solves some rows on either side from their bases, for subsets of exactly k of few. */
export function solveFours(
  bases: usize,
  fours: usize,
  noise: usize,
  row: i32,
  rows: i32,
  temperature: f64,
  k: i32,
): void {
  const stride = noiseStride(size);
  const step = fourBasesBytes(size);
  const factor = <f32>temperature;
  let four = fours + <usize>(row >> 2) * step;
  let i = 0;
  for (; i + 4 <= rows; i += 4, four += step) {
    const state = <usize>i << 2;
    const at = noise + <usize>i * stride;
    if (solveFourSides(four, at, stride, factor, size, k, lowerStates + state, upperStates + state)) continue;
    for (let j = i; j < i + 4; j++) {
      const marked = max(popcnt(load<u32>(lowerStates + (j << 2))), popcnt(load<u32>(upperStates + (j << 2))));
      if (marked != k) solveFromBases(bases, noise, row, j, temperature);
    }
  }
  for (; i < rows; i++) solveFromBases(bases, noise, row, i, temperature);
}

/** Solves row `row + i` on either side from its bases. */
function solveFromBases(bases: usize, noise: usize, row: i32, i: i32, temperature: f64): void {
  const base = bases + <usize>(row + i) * (<usize>((size + 3) & ~3) << 4);
  writeFromBases(base, noise + <usize>i * noiseStride(size), temperature, size, lower, upper);
  solveRow(lower, lowerStates + <usize>i * stateStride);
  solveRow(upper, upperStates + <usize>i * stateStride);
}

/** Writes the points of some rows from their bases. */
export function writeRowsFromBases(bases: usize, noise: usize, rows: i32, temperature: f64): void {
  const stride = noiseStride(size);
  const step = <usize>((size + 3) & ~3) << 4;
  for (let i: usize = 0; i < <usize>rows; i++, bases += step, noise += stride) {
    writeFromBases(bases, noise, temperature, size, lower + i * rowStride, upper + i * rowStride);
  }
}
