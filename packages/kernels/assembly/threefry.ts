/**
 * Threefry-2x32 with 20 rounds, eight blocks at a time: lane i of the first half is the block of the counter
 * (first + i, 0), lane i of the second that of (first + 4 + i, 0). The same bits as `threefry` of @aimle/random.
 *
 * A round waits for the one before it. Two halves, in turn, keep the processor busy meanwhile.
 */

/** The three words of the key, and those that are added after each fourth round. `useKey` sets them. */
let k0: v128 = i32x4.splat(0);
let k1: v128 = k0;
let k2: v128 = k0;
let after4: v128 = k0;
let after8: v128 = k0;
let after12: v128 = k0;
let after16: v128 = k0;
let after20: v128 = k0;

/** The two words of the blocks, by halves. Module-level, since a function returns one value. */
export let first0: v128 = i32x4.splat(0);
export let second0: v128 = first0;
export let first1: v128 = first0;
export let second1: v128 = first0;

/** Sets the key of the blocks that follow. */
export function useKey(key0: u32, key1: u32): void {
  const key2: u32 = key0 ^ key1 ^ 0x1bd11bda;
  k0 = i32x4.splat(key0);
  k1 = i32x4.splat(key1);
  k2 = i32x4.splat(key2);
  after4 = i32x4.splat(key2 + 1);
  after8 = i32x4.splat(key0 + 2);
  after12 = i32x4.splat(key1 + 3);
  after16 = i32x4.splat(key2 + 4);
  after20 = i32x4.splat(key0 + 5);
}

/** Rotates the bits of b, and mixes in a. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function turn(b: v128, bits: i32, a: v128): v128 {
  return v128.xor(v128.or(i32x4.shl(b, bits), i32x4.shr_u(b, 32 - bits)), a);
}

/** Computes the blocks of eight counters that follow each other, of the purpose 0 (bits). */
export function eightBlocks(first: u32): void {
  let a = i32x4.add(i32x4.add(i32x4.splat(first), k0), i32x4(0, 1, 2, 3));
  let c = i32x4.add(a, i32x4.splat(4));
  let b = k1;
  let d = b;

  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 13, a); d = turn(d, 13, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 15, a); d = turn(d, 15, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 26, a); d = turn(d, 26, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 6, a); d = turn(d, 6, c);
  a = i32x4.add(a, k1); c = i32x4.add(c, k1); b = i32x4.add(b, after4); d = i32x4.add(d, after4);

  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 17, a); d = turn(d, 17, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 29, a); d = turn(d, 29, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 16, a); d = turn(d, 16, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 24, a); d = turn(d, 24, c);
  a = i32x4.add(a, k2); c = i32x4.add(c, k2); b = i32x4.add(b, after8); d = i32x4.add(d, after8);

  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 13, a); d = turn(d, 13, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 15, a); d = turn(d, 15, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 26, a); d = turn(d, 26, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 6, a); d = turn(d, 6, c);
  a = i32x4.add(a, k0); c = i32x4.add(c, k0); b = i32x4.add(b, after12); d = i32x4.add(d, after12);

  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 17, a); d = turn(d, 17, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 29, a); d = turn(d, 29, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 16, a); d = turn(d, 16, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 24, a); d = turn(d, 24, c);
  a = i32x4.add(a, k1); c = i32x4.add(c, k1); b = i32x4.add(b, after16); d = i32x4.add(d, after16);

  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 13, a); d = turn(d, 13, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 15, a); d = turn(d, 15, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 26, a); d = turn(d, 26, c);
  a = i32x4.add(a, b); c = i32x4.add(c, d); b = turn(b, 6, a); d = turn(d, 6, c);

  first0 = i32x4.add(a, k2);
  second0 = i32x4.add(b, after20);
  first1 = i32x4.add(c, k2);
  second1 = i32x4.add(d, after20);
}

/** The four words of the first two of four blocks, in the order of the stream. */
// @ts-expect-error
@inline
export function lowWords(first: v128, second: v128): v128 {
  return v128.shuffle<i32>(first, second, 0, 4, 1, 5);
}

/** Those of the last two. */
// @ts-expect-error
@inline
export function highWords(first: v128, second: v128): v128 {
  return v128.shuffle<i32>(first, second, 2, 6, 3, 7);
}

/** Computes the first word of one block: that of the counter (element, purpose). */
export function firstWordOf(key0: u32, key1: u32, element: u32, purpose: u32): u32 {
  const key2: u32 = key0 ^ key1 ^ 0x1bd11bda;
  let a: u32 = element + key0;
  let b: u32 = purpose + key1;
  for (let round = 0; round < 5; round++) {
    const odd = (round & 1) == 1;
    a += b;
    b = rotl<u32>(b, odd ? 17 : 13) ^ a;
    a += b;
    b = rotl<u32>(b, odd ? 29 : 15) ^ a;
    a += b;
    b = rotl<u32>(b, odd ? 16 : 26) ^ a;
    a += b;
    b = rotl<u32>(b, odd ? 24 : 6) ^ a;
    const turn = (round + 1) % 3;
    a += turn == 0 ? key0 : turn == 1 ? key1 : key2;
    b += (turn == 0 ? key1 : turn == 1 ? key2 : key0) + round + 1;
  }
  return a;
}
