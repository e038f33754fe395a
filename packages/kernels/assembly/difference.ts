import {
  CENTRAL,
  STATE,
  solveFours,
  TARGET,
  writeAllBases,
  writeAllFours,
  writeRowsFromBases,
} from './bases';
import { addChanges, addDifference, addGroup, addToGroup, forgetChanges } from './changes';
import { forgetRecounts, recounts } from './fewScores';
import {
  ends,
  events,
  flip,
  grouped,
  instances,
  lower,
  lowerStates,
  placeRows,
  rowStride,
  samples,
  stateStride,
  upper,
  upperStates,
} from './layout';
import { noiseOfRows, noiseReach, noiseStride, rowsAtATime } from './rowNoise';
import { sumOfMagnitudes, writeMoved, writePerturbed, writeSides } from './scores';
import { fewExactly, size, solveRow, solveRowAgain, solveSides } from './structure';

/*
 * Finite differences of perturb-and-MAP, a few rows at a time: made, solved, compared and summed while they are in the
 * first-level cache. perturbedPass.ts of @aimle/estimators says what the points are.
 */

/** Batch elements of up to this many numbers in all are worked on together: their bases stay in the cache. */
const TOGETHER = 4096;

/**
 * Averages differences over draws of the noise, for batch elements [first, first + count). `along` and `weights` have a
 * double for each instance: the length of the step, and the factor of the difference. `keys` has two words for each
 * draw. `states` are those of the first draw. `spare` is room for 2 max(4096, events * n) numbers, and `bases` for
 * 12,928 doubles. Adds to `counts`, as `addChanges` for each draw. Returns the sum of magnitudes so far.
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
  bases: usize,
  out: usize,
  counts: usize,
): f64 {
  const keep = i32x4.splat(keepTheta ? -1 : 0);
  afresh = 0;
  const block = <usize>(events * size) << 2;
  const each = samples * events * ((size + 3) & ~3);
  const together = max(1, TOGETHER / each);
  const based = draws > 1 && each <= TOGETHER;
  const exactly = based ? fewExactly() : 0;
  const fours = bases + (<usize>TOGETHER << 4);
  const reach = exactly > 0 ? <f32>(<f64>noiseReach() * abs(temperature)) : 0;
  const atMost = rowsAtATime(size);
  const most = exactly > 0 ? atMost & ~3 : atMost;
  const sums = spare + (<usize>max(TOGETHER, events * size) << 2);
  if (grouped > 1) memory.fill(sums, 0, <usize>min(together, count) * block);
  for (let b = 0; b < count; b += together) {
    const elements = min(together, count - b);
    const bytes = <usize>elements * block;
    if (based) writeAllBases(elements, keep, above, theta, gradient, along, bases);
    if (exactly > 0) writeAllFours(bases, elements * samples * events, reach, fours);
    memory.fill(out, 0, bytes);
    for (let draw = 0; draw < draws; draw++) {
      const into = draw == 0 ? out : spare;
      if (draw > 0) memory.fill(spare, 0, bytes);
      forgetChanges();
      const start: u32 = (first + b) * samples * events;
      const all = elements * samples * events;
      const key = keys + (<usize>draw << 3);
      for (let row = 0; row < all; row += most) {
        const rows = min(most, all - row);
        placeRows(row, rows);
        const noise = noiseOfRows(load<u32>(key), load<u32>(key, 4), start + row, rows, size);
        const own = above == STATE && draw == 0;
        const from = <usize>row;
        if (exactly > 0 && !own) {
          solveFours(bases, fours, noise, row, rows, temperature, exactly);
          addDifferences(upperStates, rows, weights, sums, into);
          continue;
        }
        if (based) {
          writeRowsFromBases(bases + from * (<usize>((size + 3) & ~3) << 4), noise, rows, temperature);
        } else {
          writeRows(theta, gradient + from * (<usize>size << 2), along, noise, rows, temperature, keep, above, own);
        }
        const drawn = draw == 0 ? states + from * stateStride : 0;
        solveRows(drawn, rows, own);
        addDifferences(own ? drawn : upperStates, rows, weights, sums, into);
      }
      addChanges(counts + <usize>draw * 24);
      if (draw > 0) addRows(out, spare, <i32>(bytes >> 2));
    }
    if (draws > 1) divideRows(out, <f32>draws, <i32>(bytes >> 2));
    theta += bytes;
    out += bytes;
    along += <usize>(elements * events) << 3;
    weights += <usize>(elements * events) << 3;
    gradient += <usize>samples * bytes;
    states += <usize>(elements * samples * events) * stateStride;
  }
  return sumOfMagnitudes();
}

/** Writes the points of some rows; no upper ones where the drawn state stands there. */
function writeRows(
  theta: usize,
  gradient: usize,
  along: usize,
  noise: usize,
  rows: i32,
  temperature: f64,
  keep: v128,
  above: i32,
  own: bool,
): void {
  const n = size;
  const bytes = <usize>n << 2;
  const stride = noiseStride(n);
  for (let i: usize = 0; i < <usize>rows; i++, gradient += bytes, noise += stride) {
    const instance = <usize>load<u32>(instances + (i << 2));
    const at = theta + instance * bytes;
    const step = load<f64>(along + (instance << 3));
    const below = lower + i * rowStride;
    const over = upper + i * rowStride;
    if (above == CENTRAL) {
      writeSides(at, gradient, noise, step, temperature, flip, keep, n, below, over);
    } else {
      writeMoved(at, gradient, noise, -step, temperature, flip, keep, n, below);
      if (above == TARGET) writeMoved(at, gradient, noise, 0, temperature, flip, keep, n, over);
      else if (!own) writePerturbed(at, noise, temperature, flip, n, over);
    }
  }
}

/** So often rows are solved afresh after most have changed so much that the state before was of no use. */
const AFRESH = 15;
let afresh: i32 = 0;

/**
 * Solves some rows on either side; `drawn` are the states between them, or 0 where there are none. One loop after the
 * other, so that the processor works on several rows at once.
 */
function solveRows(drawn: usize, rows: i32, own: bool): void {
  const count = <usize>rows;
  if (afresh > 0) {
    afresh--;
    for (let i: usize = 0; i < count; i++) solveRow(lower + i * rowStride, lowerStates + i * stateStride);
    if (own) return;
    for (let i: usize = 0; i < count; i++) solveRow(upper + i * rowStride, upperStates + i * stateStride);
    return;
  }
  forgetRecounts();
  if (own) {
    for (let i: usize = 0; i < count; i++) {
      solveRowAgain(lower + i * rowStride, drawn + i * stateStride, lowerStates + i * stateStride);
    }
  } else if (drawn != 0) {
    for (let i: usize = 0; i < count; i++) {
      const state = i * stateStride;
      solveSides(
        lower + i * rowStride,
        upper + i * rowStride,
        drawn + state,
        lowerStates + state,
        upperStates + state,
      );
    }
  } else {
    for (let i: usize = 0; i < count; i++) solveRow(lower + i * rowStride, lowerStates + i * stateStride);
    for (let i: usize = 0; i < count; i++) {
      solveRowAgain(upper + i * rowStride, lowerStates + i * stateStride, upperStates + i * stateStride);
    }
  }
  if (recounts > (drawn != 0 && !own ? rows : rows >> 1)) afresh = AFRESH;
}

/** Adds the differences of some rows to those of their instances. */
function addDifferences(states: usize, rows: i32, weights: usize, sums: usize, out: usize): void {
  const bytes = <usize>size << 2;
  for (let i: usize = 0; i < <usize>rows; i++) {
    const instance = <usize>load<u32>(instances + (i << 2));
    const state = i * stateStride;
    const weight = load<f64>(weights + (instance << 3));
    const target = instance * bytes;
    if (grouped == 1) addDifference(states + state, lowerStates + state, weight, out + target);
    else {
      addToGroup(states + state, lowerStates + state, sums + target);
      if (load<i32>(ends + (i << 2)) != 0) addGroup(sums + target, weight, out + target);
    }
  }
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
