import { wordsOf, writeState } from './bits';
import { events, flip, lower, samples } from './layout';
import { noiseOfRows, noiseStride, rowsAtATime } from './rowNoise';
import { writePerturbed } from './scores';
import { size, solveRow } from './structure';

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
