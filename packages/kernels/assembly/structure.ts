import { markFrom } from './bits';
import { labelSequence, setSequence } from './chain';
import { bestOfFewAside } from './fewScores';
import { FEW, selectBest, selectBestAgain } from './selection';
import { growTree, setGraph } from './tree';

/*
 * The structure whose best state a pass looks for, row by row. States are bits; scores are as selection.ts says.
 */

/** Subsets of exactly `most` items, subsets with bounds, spanning trees, and sequences of labels. */
const EXACT = 0;
const BOUNDED = 1;
const TREE = 2;
const CHAIN = 3;
let kind: i32 = EXACT;

/** The number of scores in a row. */
export let size: i32 = 0;
/** The least and the greatest number of ones in a state. */
let fewest: i32 = 0;
let most: i32 = 0;
let work: usize = 0;

/** Sets the structure: subsets of at least `low` and at most `high` of n items. `room` holds 2 n + 256 numbers. */
export function setSubsets(n: i32, low: i32, high: i32, room: usize): void {
  kind = low == high ? EXACT : BOUNDED;
  size = n;
  fewest = low;
  most = high;
  work = room;
}

/** Sets the structure: spanning trees of a complete graph, in `room` as `setGraph` says. */
export function setTrees(vertices: i32, room: usize): void {
  kind = TREE;
  size = (vertices * (vertices - 1)) >> 1;
  setGraph(vertices, room);
}

/** Sets the structure: sequences of labels, in `room` as `setSequence` says. */
export function setChain(length: i32, labels: i32, room: usize): void {
  kind = CHAIN;
  size = length * labels + (length - 1) * labels * labels;
  setSequence(length, labels, room);
}

/** Finds the best state of a row. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
export function solveRow(scores: usize, state: usize): void {
  if (kind == EXACT) selectBest(scores, size, most, state, work);
  else solveOther(scores, state);
}

/** Finds the best state of a row, given the one that was best before the scores changed a little. */
// @ts-expect-error
@inline
export function solveRowAgain(scores: usize, before: usize, state: usize): void {
  if (kind == EXACT) selectBestAgain(scores, size, most, before, state, work);
  else solveOther(scores, state);
}

/** Finds the best states of two rows, on either side of the one that `before` was best for. */
// @ts-expect-error
@inline
export function solveSides(lower: usize, upper: usize, before: usize, lowerState: usize, upperState: usize): void {
  if (kind == EXACT && size <= FEW) {
    const states = bestOfFewAside(lower, upper, size, most, load<u32>(before));
    store<u32>(lowerState, <u32>states);
    store<u32>(upperState, <u32>(states >> 32));
    return;
  }
  solveRowAgain(lower, before, lowerState);
  solveRowAgain(upper, before, upperState);
}

/** How many items a state has, if its structure is a subset of exactly k of few; otherwise 0. */
export function fewExactly(): i32 {
  return kind == EXACT && size <= FEW ? most : 0;
}

function solveOther(scores: usize, state: usize): void {
  if (kind == TREE) growTree(scores, state);
  else if (kind == CHAIN) labelSequence(scores, state);
  else solveBounded(scores, state);
}

/** Taking every item with a score of 0 or more is best unless that breaks a bound; then the bound is reached. */
function solveBounded(scores: usize, state: usize): void {
  const count = markFrom(scores, size, 0, state);
  if (count < fewest) selectBest(scores, size, fewest, state, work);
  else if (count > most) selectBest(scores, size, most, state, work);
}
