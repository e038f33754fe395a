import { wordsOf } from './bits';
import { addChanges, addDifference, addGroup, addToGroup, forgetChanges } from './changes';
import { events, flip, grouped, lower, lowerState, samples, upper, upperState } from './layout';
import { noiseOfRows, noiseStride, rowsAtATime } from './rowNoise';
import { writeBases, writeFromBases, writeMoved, writePerturbed, writeSides } from './scores';
import { size, solveRow, solveRowAgain, solveSides } from './structure';

/*
 * Finite differences of perturb-and-MAP, a few rows at a time: made, solved, compared and summed while they are in the
 * first-level cache. perturbedPass.ts of @aimle/estimators says what the points are.
 */

/** What stands above the lower point. */
const CENTRAL = 0; // the point as far on the other side
const STATE = 1; // the state that was drawn; in other draws PLAIN
const PLAIN = 2; // theta with noise
const TARGET = 3; // the target without its step

/** With more numbers in a batch element, bases would not stay in the second-level cache. */
const MOST_BASES = 4096;

/**
 * Averages differences over draws of the noise, for batch elements [first, first + count). `along` and `weights` have a
 * double for each instance: the length of the step, and the factor of the difference. `keys` has two words for each
 * draw. `states` are those of the first draw. `spare` is room for events * n numbers, and `bases` for 16,512 doubles.
 * Adds to `counts`, as `addChanges` for each draw.
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
): void {
  const numbers = events * size;
  const block = <usize>numbers << 2;
  const keep = i32x4.splat(keepTheta ? -1 : 0);
  const based = draws > 1 && samples * events * ((size + 3) & ~3) <= MOST_BASES;
  for (let b = 0; b < count; b++) {
    if (based) writeAllBases(keep, above, theta, gradient, along, bases);
    memory.fill(out, 0, block);
    for (let draw = 0; draw < draws; draw++) {
      if (draw > 0) memory.fill(spare, 0, block);
      const key = keys + (<usize>draw << 3);
      addDifferences(
        first + b,
        load<u32>(key),
        load<u32>(key, 4),
        temperature,
        keep,
        above,
        theta,
        gradient,
        along,
        weights,
        draw == 0 ? states : 0,
        based ? bases : 0,
        draw == 0 ? out : spare,
      );
      addChanges(counts + <usize>draw * 24);
      if (draw > 0) addRows(out, spare, numbers);
    }
    if (draws > 1) divideRows(out, <f32>draws, numbers);
    theta += block;
    out += block;
    along += <usize>events << 3;
    weights += <usize>events << 3;
    gradient += <usize>samples * block;
    states += <usize>(samples * events * wordsOf(size)) << 2;
  }
}

/** Writes the bases of all rows of a batch element. */
function writeAllBases(keep: v128, above: i32, theta: usize, gradient: usize, along: usize, bases: usize): void {
  const bytes = <usize>size << 2;
  const keepUpper = above == CENTRAL || above == TARGET ? keep : i32x4.splat(-1);
  for (let sample = 0; sample < samples; sample++) {
    for (let event = 0; event < events; event++) {
      const step = load<f64>(along + (<usize>event << 3));
      const at = theta + <usize>event * bytes;
      writeBases(at, gradient, step, flip, keep, keepUpper, above == CENTRAL, size, bases);
      gradient += bytes;
      bases += <usize>((size + 3) & ~3) << 4;
    }
  }
}

/**
 * Adds the differences of one batch element under one draw. `states` is 0 where none was drawn with this noise, and
 * `bases` where there are none.
 */
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
  bases: usize,
  out: usize,
): void {
  const n = size;
  const bytes = <usize>n << 2;
  const words = <usize>wordsOf(n) << 2;
  const most = rowsAtATime(n);
  const stride = noiseStride(n);
  const reuse = above == STATE && states != 0;
  forgetChanges();
  let row: u32 = element * samples * events;
  let left = samples * events;
  let event = 0;
  let inGroup = 1;
  while (left > 0) {
    const rows = min(left, most);
    let noise = noiseOfRows(key0, key1, row, rows, n);
    for (let i = 0; i < rows; i++, noise += stride, gradient += bytes) {
      if (bases != 0) {
        writeFromBases(bases, noise, temperature, n, lower, upper);
        bases += <usize>((n + 3) & ~3) << 4;
      } else {
        const at = theta + <usize>event * bytes;
        const step = load<f64>(along + (<usize>event << 3));
        if (above == CENTRAL) {
          writeSides(at, gradient, noise, step, temperature, flip, keep, n, lower, upper);
        } else {
          writeMoved(at, gradient, noise, -step, temperature, flip, keep, n, lower);
          if (above == TARGET) writeMoved(at, gradient, noise, 0, temperature, flip, keep, n, upper);
          else if (!reuse) writePerturbed(at, noise, temperature, flip, n, upper);
        }
      }
      let state = upperState;
      let changed = true;
      if (states == 0) {
        solveRow(lower, lowerState);
        solveRowAgain(upper, lowerState, upperState);
      } else {
        if (reuse) {
          solveRowAgain(lower, states, lowerState);
          state = states;
        } else {
          changed = solveSides(lower, upper, states, lowerState, upperState);
        }
        states += words;
      }
      const weight = weights + (<usize>event << 3);
      const target = out + <usize>event * bytes;
      if (grouped == 1) {
        if (changed) addDifference(state, load<f64>(weight), target);
      } else {
        if (changed) addToGroup(event, state);
        if (inGroup == grouped) addGroup(event, load<f64>(weight), target);
      }
      if (++event == events) {
        event = 0;
        inGroup = inGroup == grouped ? 1 : inGroup + 1;
      }
    }
    row += rows;
    left -= rows;
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
