import { type Kernels, kernels } from '@aimle/kernels';
import { requireFloats, requireKey } from './constraints.js';
import type { Key } from './key.js';
import { Purpose, threefry } from './threefry.js';

/*
 * A uniform u in (0, 1) is represented here as a "tail": +u where u <= 1/2, and -(1 - u) where u > 1/2. That is the
 * distance to the nearer end, with a sign for the side. A double holds it to full relative precision at both ends,
 * where quantile functions are steep. Every continuous filler is the quantile function of its distribution applied to
 * the same tails: under one key all of them rise and fall together.
 */

/**
 * u in (0, 1], to full relative precision near 0. It has no branch, because an unpredictable branch costs more than a
 * logarithm.
 */
export function fromLeft(tail: number): number {
  return tail - Math.floor(tail);
}

/** 1 - u in (0, 1], to full relative precision near 0. */
export function fromRight(tail: number): number {
  return -tail - Math.floor(-tail);
}

/** Above this, ln u needs log1p of the tail to keep its precision. That is rare, so the branch is well predicted. */
export const NEAR_ONE = 1 - 2 ** -10;

/** The smallest tail. */
export const MIN_TAIL = 2 ** -65;

/** Even, so that a chunk begins with a block; small enough to stay in the first-level cache. */
const CHUNK = 512;
const words = new Uint32Array(2 * CHUNK);
const deeper = new Uint32Array(2);
const tails = new Float64Array(CHUNK);

/** The tail of 63 bits: half in [0, 2^31), then 32 more. */
function deepTail(half: number, more: number): number {
  return (half + (more + 0.5) * 2 ** -32) * 2 ** -32;
}

/** Converts one 64-bit block to a tail; for samplers that reject, which work on single numbers. */
export function tailOfBlock(high: number, low: number): number {
  const flip = high >> 31;
  const p = deepTail((high ^ flip) & 0x7fffffff, (low ^ flip) >>> 0);
  return p * (flip | 1);
}

/**
 * Writes tails of elements [first, first + count) from 32 bits each. The 2 in 1,000 that fall within 2^-10 of an end
 * get 32 more bits, each from its own block, so tails reach down to 2^-65 without steps or truncation.
 */
function writeTails32(key: Key, first: number, count: number): void {
  threefry(key[0], key[1], first / 2, Purpose.bits, words, (count + 1) >> 1);
  for (let i = 0; i < count; i++) {
    const word = words[i]! | 0;
    const half = word ^ (word >> 31);
    let p = (half + 0.5) * 2 ** -32;
    if (half < 2 ** 22) {
      threefry(key[0], key[1], first + i, Purpose.deeperBits, deeper, 1);
      p = deepTail(half, deeper[0]!);
    }
    tails[i] = p * ((word >> 31) | 1);
  }
}

/** Writes tails of elements [first, first + count) from 64 bits each. */
function writeTails64(key: Key, first: number, count: number): void {
  threefry(key[0], key[1], first, Purpose.bits, words, count);
  for (let i = 0; i < count; i++) tails[i] = tailOfBlock(words[2 * i]! | 0, words[2 * i + 1]! | 0);
}

/** Replaces the first `count` tails of a chunk by the quantiles that belong to them. */
export type QuantilesInPlace = (tails: Float64Array, count: number) => void;

/** Fills `out` by inversion, a chunk at a time through one buffer, without allocation. */
export function fillByQuantiles(
  caller: string,
  key: Key,
  out: Float32Array | Float64Array,
  quantiles: QuantilesInPlace,
): void {
  requireKey(caller, key);
  requireFloats(caller, out);
  const kernel = out instanceof Float32Array ? kernels() : null;
  if (kernel !== null) {
    fillByKernelTails(kernel, key, out, quantiles);
    return;
  }
  const writeTails = out instanceof Float32Array ? writeTails32 : writeTails64;
  for (let first = 0; first < out.length; first += CHUNK) {
    const count = Math.min(CHUNK, out.length - first);
    writeTails(key, first, count);
    quantiles(tails, count);
    out.set(count === CHUNK ? tails : tails.subarray(0, count), first);
  }
}

/** The same with the tails of a kernel, which become quantiles in its memory. */
function fillByKernelTails(
  { memory, writeTails }: Kernels,
  key: Key,
  out: Float32Array | Float64Array,
  quantiles: QuantilesInPlace,
): void {
  const at = memory.scratch(8 * Math.min(CHUNK, out.length));
  for (let first = 0; first < out.length; first += CHUNK) {
    const count = Math.min(CHUNK, out.length - first);
    writeTails(key[0], key[1], first, count, at);
    const tails = memory.doubles(at, count);
    quantiles(tails, count);
    out.set(tails, first);
  }
}
