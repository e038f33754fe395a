/*
 * A state of zeros and ones as bits: bit j & 31 of word j >> 5 is item j. Bits behind the last item are 0.
 */

/** The number of words of a state of n items. */
// @ts-expect-error: a decorator on a function is AssemblyScript's
@inline
export function wordsOf(n: i32): i32 {
  return (n + 31) >> 5;
}

/** Four numbers, 0 or 1, from four bits. */
// @ts-expect-error
@inline
function fourNumbers(bits: u32): v128 {
  const lanes = i32x4(1, 2, 4, 8);
  return v128.and(i32x4.eq(v128.and(i32x4.splat(bits), lanes), lanes), f32x4.splat(1));
}

/** Writes a state as float32 numbers. Up to three numbers behind the last are overwritten. */
export function writeState(bits: usize, n: i32, z: usize): void {
  const end = z + (<usize>n << 2);
  for (let at = z; at < end; at += 128, bits += 4) {
    const last = min<usize>(end, at + 128);
    let word = load<u32>(bits);
    for (let four = at; four < last; four += 16, word >>= 4) v128.store(four, fourNumbers(word));
  }
}

/**
 * Marks the scores that reach a threshold, and returns how many. Up to 31 numbers behind the last are read.
 */
export function markFrom(row: usize, n: i32, threshold: f32, bits: usize): i32 {
  const least = f32x4.splat(threshold);
  const end = row + (<usize>n << 2);
  let count = 0;
  for (let at = row; at < end; at += 128, bits += 4) {
    let word = sixteen(at, least) | (sixteen(at + 64, least) << 16);
    if (at + 128 > end) word &= ~(<u32>-1 << (n & 31));
    store<u32>(bits, word);
    count += popcnt(word);
  }
  return count;
}

// @ts-expect-error
@inline
function sixteen(at: usize, least: v128): u32 {
  const low = i16x8.narrow_i32x4_s(f32x4.ge(v128.load(at), least), f32x4.ge(v128.load(at, 16), least));
  const high = i16x8.narrow_i32x4_s(f32x4.ge(v128.load(at, 32), least), f32x4.ge(v128.load(at, 48), least));
  return i8x16.bitmask(i8x16.narrow_i16x8_s(low, high));
}

/** Takes back the last `excess` marks at scores that equal the threshold. */
export function unmarkLast(row: usize, n: i32, threshold: f32, bits: usize, excess: i32): void {
  for (let word = wordsOf(n) - 1; word >= 0 && excess > 0; word--) {
    const at = bits + (<usize>word << 2);
    let marked = load<u32>(at);
    for (let left = marked; left != 0 && excess > 0; ) {
      const last: u32 = 31 - clz(left);
      left ^= 1 << last;
      if (load<f32>(row + ((<usize>(word << 5) + last) << 2)) == threshold) {
        marked ^= 1 << last;
        excess--;
      }
    }
    store<u32>(at, marked);
  }
}

/** The worst of the marked scores. */
export function worstMarked(row: usize, n: i32, bits: usize): f32 {
  let worst: f32 = Infinity;
  const words = wordsOf(n);
  for (let word = 0; word < words; word++, bits += 4, row += 128) {
    for (let left = load<u32>(bits); left != 0; left &= left - 1) {
      const score = load<f32>(row + (<usize>ctz(left) << 2));
      if (score < worst) worst = score;
    }
  }
  return worst;
}
