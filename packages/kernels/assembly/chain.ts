import { wordsOf } from './bits';

/*
 * The best labels of a sequence by Viterbi's algorithm: chain.ts of @aimle/solvers. Sums are in double precision and in
 * its order; of equal ones the lower label is better. Scores are finite float32, the largest is best. Two transitions
 * are looked at together.
 */

let length: usize = 0;
let labels: usize = 0;
/** The best value that can follow each label, from the current position and from the next. */
let here: usize = 0;
let after: usize = 0;
/** The values of the labels that may follow one. */
let values: usize = 0;
/** The best label to follow each label of each position. */
let next: usize = 0;

/** Sets the sequence. `room` holds 3 (l + 2) doubles for l labels, and a word for each label of each position. */
export function setSequence(positions: i32, perPosition: i32, room: usize): void {
  length = positions;
  labels = perPosition;
  const bytes = (labels + 2) << 3;
  here = room;
  after = here + bytes;
  values = after + bytes;
  next = values + bytes;
  // The value behind an odd number of labels, which is never best.
  store<f64>(here + (labels << 3), -Infinity);
  store<f64>(after + (labels << 3), -Infinity);
}

/** The best label to follow one whose transitions are given. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function bestFollower(transitions: usize): usize {
  const end = labels << 3;
  let best = f64x2.splat(-Infinity);
  for (let at: usize = 0; at < end; at += 16) {
    const two = f64x2.promote_low_f32x4(v128.load64_zero(transitions + (at >> 1)));
    const value = f64x2.add(two, v128.load(after + at));
    v128.store(values + at, value);
    best = f64x2.pmax(best, value);
  }
  best = f64x2.pmax(best, v128.shuffle<i64>(best, best, 1, 0));
  for (let at: usize = 0; at < end; at += 16) {
    const equal = i64x2.bitmask(f64x2.eq(v128.load(values + at), best));
    if (equal != 0) return (at >> 3) + ctz(equal);
  }
  // None is equal where a score is NaN, and then the pass is thrown away.
  return 0;
}

/** Marks the labels and the transitions of the best sequence. */
export function labelSequence(scores: usize, bits: usize): void {
  const count = labels;
  const unary = length * count;
  memory.fill(bits, 0, <usize>wordsOf(<i32>(unary + (length - 1) * count * count)) << 2);
  const last = scores + ((unary - count) << 2);
  for (let a: usize = 0; a < count; a++) store<f64>(after + (a << 3), <f64>load<f32>(last + (a << 2)));
  for (let label = unary - count; label > 0; ) {
    label -= count;
    for (let a: usize = 0; a < count; a++) {
      const transitions = scores + ((unary + (label + a) * count) << 2);
      const follower = bestFollower(transitions);
      store<u32>(next + ((label + a) << 2), <u32>follower);
      const value = load<f64>(values + (follower << 3));
      store<f64>(here + (a << 3), <f64>load<f32>(scores + ((label + a) << 2)) + value);
    }
    const done = after;
    after = here;
    here = done;
  }
  let best: usize = 0;
  for (let a: usize = 1; a < count; a++) {
    if (load<f64>(after + (a << 3)) > load<f64>(after + (best << 3))) best = a;
  }
  for (let label: usize = 0; ; label += count) {
    const at = label + best;
    mark(bits, at);
    if (label + count == unary) return;
    best = <usize>load<u32>(next + (at << 2));
    mark(bits, unary + at * count + best);
  }
}

// @ts-expect-error
@inline
function mark(bits: usize, item: usize): void {
  const word = bits + ((item >> 5) << 2);
  store<u32>(word, load<u32>(word) | (1 << (<u32>item & 31)));
}
