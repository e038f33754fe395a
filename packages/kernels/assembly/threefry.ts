/**
 * Threefry-2x32 with 20 rounds, four blocks at a time: lane i is the block of the counter (first + i, second). The
 * same bits as `threefry` of @aimle/random.
 */

/** The second word of the counter that belongs to bits beyond the first 32 (Purpose.deeperBits of @aimle/random). */
const DEEPER_BITS: u32 = 1 << 24;

/** The two words of the four blocks. Module-level, since a function returns one value. */
export let firstWords: v128 = i32x4.splat(0);
export let secondWords: v128 = i32x4.splat(0);

// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
function rotate(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/** Computes the blocks of four counters that follow each other, of the purpose 0 (bits). */
// @ts-expect-error
@inline
export function fourBlocks(key0: u32, key1: u32, first: u32): void {
  const key2: u32 = key0 ^ key1 ^ 0x1bd11bda;
  const k0 = i32x4.splat(key0);
  const k1 = i32x4.splat(key1);
  const k2 = i32x4.splat(key2);
  let a = i32x4.add(i32x4.splat(first + key0), i32x4(0, 1, 2, 3));
  let b = k1;

  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 13), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 15), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 26), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 6), a);
  a = i32x4.add(a, k1);
  b = i32x4.add(b, i32x4.splat(key2 + 1));

  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 17), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 29), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 16), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 24), a);
  a = i32x4.add(a, k2);
  b = i32x4.add(b, i32x4.splat(key0 + 2));

  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 13), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 15), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 26), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 6), a);
  a = i32x4.add(a, k0);
  b = i32x4.add(b, i32x4.splat(key1 + 3));

  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 17), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 29), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 16), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 24), a);
  a = i32x4.add(a, k1);
  b = i32x4.add(b, i32x4.splat(key2 + 4));

  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 13), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 15), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 26), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 6), a);

  firstWords = i32x4.add(a, k2);
  secondWords = i32x4.add(b, i32x4.splat(key0 + 5));
}

/** Computes the 32 bits that an element draws when its first 32 fall near an end. */
export function deeperBits(key0: u32, key1: u32, element: u32): u32 {
  const key2: u32 = key0 ^ key1 ^ 0x1bd11bda;
  let a: u32 = element + key0;
  let b: u32 = DEEPER_BITS + key1;
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
