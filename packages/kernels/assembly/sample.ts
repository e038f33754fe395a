import { writeState } from './bits';
import { events, flip, instances, lower, placeRows, rowStride, samples, stateStride } from './layout';
import { noiseOfRows, noiseStride, rowsAtATime } from './rowNoise';
import { sumOfMagnitudes, writePerturbed } from './scores';
import { size, solveRow } from './structure';

/**
 * Solves theta + temperature * noise for the rows of batch elements [first, first + count): writes z, and the states as
 * bits. Returns the sum of magnitudes so far.
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
): f64 {
  const n = size;
  const bytes = <usize>n << 2;
  const stride = noiseStride(n);
  const most = rowsAtATime(n);
  const all = count * samples * events;
  const start: u32 = first * samples * events;
  for (let row = 0; row < all; row += most) {
    const rows = min(most, all - row);
    placeRows(row, rows);
    let noise = noiseOfRows(key0, key1, start + row, rows, n);
    // One loop after the other, so that the processor works on several rows at once.
    for (let i = 0; i < rows; i++, noise += stride) {
      const at = theta + <usize>load<u32>(instances + (<usize>i << 2)) * bytes;
      writePerturbed(at, noise, temperature, flip, n, lower + <usize>i * rowStride);
    }
    for (let i = 0; i < rows; i++) solveRow(lower + <usize>i * rowStride, states + <usize>i * stateStride);
    for (let i = 0; i < rows; i++, z += bytes, states += stateStride) writeState(states, n, z);
  }
  return sumOfMagnitudes();
}
