/**
 * Threefry-2x32 with 20 rounds, sixteen blocks at a time: lane i of quarter q is the block of the counter
 * (first + 4 q + i, 0). The same bits as `threefry` of @aimle/random.
 *
 * A round waits for the one before it. Four quarters, in turn, keep the processor busy meanwhile.
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

/** Writes the words of four blocks, in the order of the stream. */
// @ts-expect-error
@inline
function put(out: usize, first: v128, second: v128): void {
  v128.store(out, v128.shuffle<i32>(first, second, 0, 4, 1, 5));
  v128.store(out, v128.shuffle<i32>(first, second, 2, 6, 3, 7), 16);
}

/**
 * Writes the words [first, first + count) of the stream, `first` even, of the purpose 0 (bits). Up to 31 words behind
 * the last are overwritten too.
 */
export function writeWords(first: u32, count: u32, out: usize): void {
  const end = out + (<usize>count << 2);
  for (let block = first >> 1; out < end; out += 128, block += 16) {
    let a = i32x4.add(i32x4.add(i32x4.splat(block), k0), i32x4(0, 1, 2, 3));
    let c = i32x4.add(a, i32x4.splat(4));
    let e = i32x4.add(a, i32x4.splat(8));
    let g = i32x4.add(a, i32x4.splat(12));
    let b = k1;
    let d = b;
    let f = b;
    let h = b;

    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 13, a); d = turn(d, 13, c); f = turn(f, 13, e); h = turn(h, 13, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 15, a); d = turn(d, 15, c); f = turn(f, 15, e); h = turn(h, 15, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 26, a); d = turn(d, 26, c); f = turn(f, 26, e); h = turn(h, 26, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 6, a); d = turn(d, 6, c); f = turn(f, 6, e); h = turn(h, 6, g);
    a = i32x4.add(a, k1); c = i32x4.add(c, k1); e = i32x4.add(e, k1); g = i32x4.add(g, k1);
    v128.store(out, i32x4.add(b, after4)); v128.store(out, i32x4.add(d, after4), 16); v128.store(out, i32x4.add(f, after4), 32); v128.store(out, i32x4.add(h, after4), 48);
    b = v128.load(out); d = v128.load(out, 16); f = v128.load(out, 32); h = v128.load(out, 48);

    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 17, a); d = turn(d, 17, c); f = turn(f, 17, e); h = turn(h, 17, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 29, a); d = turn(d, 29, c); f = turn(f, 29, e); h = turn(h, 29, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 16, a); d = turn(d, 16, c); f = turn(f, 16, e); h = turn(h, 16, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 24, a); d = turn(d, 24, c); f = turn(f, 24, e); h = turn(h, 24, g);
    a = i32x4.add(a, k2); c = i32x4.add(c, k2); e = i32x4.add(e, k2); g = i32x4.add(g, k2);
    v128.store(out, i32x4.add(b, after8)); v128.store(out, i32x4.add(d, after8), 16); v128.store(out, i32x4.add(f, after8), 32); v128.store(out, i32x4.add(h, after8), 48);
    b = v128.load(out); d = v128.load(out, 16); f = v128.load(out, 32); h = v128.load(out, 48);

    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 13, a); d = turn(d, 13, c); f = turn(f, 13, e); h = turn(h, 13, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 15, a); d = turn(d, 15, c); f = turn(f, 15, e); h = turn(h, 15, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 26, a); d = turn(d, 26, c); f = turn(f, 26, e); h = turn(h, 26, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 6, a); d = turn(d, 6, c); f = turn(f, 6, e); h = turn(h, 6, g);
    a = i32x4.add(a, k0); c = i32x4.add(c, k0); e = i32x4.add(e, k0); g = i32x4.add(g, k0);
    v128.store(out, i32x4.add(b, after12)); v128.store(out, i32x4.add(d, after12), 16); v128.store(out, i32x4.add(f, after12), 32); v128.store(out, i32x4.add(h, after12), 48);
    b = v128.load(out); d = v128.load(out, 16); f = v128.load(out, 32); h = v128.load(out, 48);

    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 17, a); d = turn(d, 17, c); f = turn(f, 17, e); h = turn(h, 17, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 29, a); d = turn(d, 29, c); f = turn(f, 29, e); h = turn(h, 29, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 16, a); d = turn(d, 16, c); f = turn(f, 16, e); h = turn(h, 16, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 24, a); d = turn(d, 24, c); f = turn(f, 24, e); h = turn(h, 24, g);
    a = i32x4.add(a, k1); c = i32x4.add(c, k1); e = i32x4.add(e, k1); g = i32x4.add(g, k1);
    v128.store(out, i32x4.add(b, after16)); v128.store(out, i32x4.add(d, after16), 16); v128.store(out, i32x4.add(f, after16), 32); v128.store(out, i32x4.add(h, after16), 48);
    b = v128.load(out); d = v128.load(out, 16); f = v128.load(out, 32); h = v128.load(out, 48);

    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 13, a); d = turn(d, 13, c); f = turn(f, 13, e); h = turn(h, 13, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 15, a); d = turn(d, 15, c); f = turn(f, 15, e); h = turn(h, 15, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 26, a); d = turn(d, 26, c); f = turn(f, 26, e); h = turn(h, 26, g);
    a = i32x4.add(a, b); c = i32x4.add(c, d); e = i32x4.add(e, f); g = i32x4.add(g, h);
    b = turn(b, 6, a); d = turn(d, 6, c); f = turn(f, 6, e); h = turn(h, 6, g);

    put(out, i32x4.add(a, k2), i32x4.add(b, after20));
    put(out + 32, i32x4.add(c, k2), i32x4.add(d, after20));
    put(out + 64, i32x4.add(e, k2), i32x4.add(f, after20));
    put(out + 96, i32x4.add(g, k2), i32x4.add(h, after20));
  }
}

/** How many words callers make at a time that turn them into numbers in another place. */
export const CHUNK: u32 = 256;

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
