import { exchanges, halves } from './own';

/*
 * The k-th best of at most 32 scores, of four rows at once and on both sides of each. A vector holds one item of four
 * rows, so that a network of minima and maxima sorts them without a branch. It sorts each half of the items; the k-th
 * best of all is the largest min(a, b) over the i-th best a of one half and the (k - i)-th best b of the other.
 */

/** A half has up to 16 items: of each side, lower and upper, two halves follow each other. */
export const HALF: usize = 256;

/** The exchanges of the network are two offsets of 16 bits each. A network of 16 has 63; they end where these bytes do. */
const EXCHANGES: usize = 4 * 64;
let begin: usize = 0;

let items: i32 = 0;
let wanted: i32 = 0;
/** The number of items in the first half; the second may have one less. */
export let half: i32 = 0;

/** Prepares the network for the k best of n: Batcher's odd-even merge sort, without what the k best do not need. */
export function setNetwork(n: i32, k: i32): void {
  if (n == items && k == wanted) return;
  items = n;
  wanted = k;
  half = (n + 1) >> 1;
  let end = exchanges;
  for (let sorted = 1; sorted < half; sorted <<= 1) {
    for (let step = sorted; step > 0; step >>= 1) {
      for (let from = step % sorted; from + step < half; from += 2 * step) {
        for (let i = from; i < from + step && i + step < half; i++) {
          if (i / (2 * sorted) != (i + step) / (2 * sorted)) continue;
          store<u32>(end, (i << 4) | ((i + step) << 20));
          end += 4;
        }
      }
    }
  }
  let needed: u32 = (1 << min(k, half)) - 1;
  begin = exchanges + EXCHANGES;
  for (let at = end - 4; at >= exchanges; at -= 4) {
    const pair = load<u32>(at);
    const both: u32 = (1 << ((pair >> 4) & 15)) | (1 << (pair >> 20));
    if ((needed & both) == 0) continue;
    needed |= both;
    begin -= 4;
    store<u32>(begin, pair);
  }
}

/** Sorts each of the four halves, as far as the k best need it. */
export function sortHalves(): void {
  const end = exchanges + EXCHANGES;
  for (let at = begin; at < end; at += 4) {
    const first = halves + <usize>load<u16>(at);
    const second = halves + <usize>load<u16>(at, 2);
    const a0 = v128.load(first);
    const a1 = v128.load(second);
    v128.store(first, f32x4.pmax(a0, a1));
    v128.store(second, f32x4.pmin(a0, a1));
    const b0 = v128.load(first, HALF);
    const b1 = v128.load(second, HALF);
    v128.store(first, f32x4.pmax(b0, b1), HALF);
    v128.store(second, f32x4.pmin(b0, b1), HALF);
    const c0 = v128.load(first, 2 * HALF);
    const c1 = v128.load(second, 2 * HALF);
    v128.store(first, f32x4.pmax(c0, c1), 2 * HALF);
    v128.store(second, f32x4.pmin(c0, c1), 2 * HALF);
    const d0 = v128.load(first, 3 * HALF);
    const d1 = v128.load(second, 3 * HALF);
    v128.store(first, f32x4.pmax(d0, d1), 3 * HALF);
    v128.store(second, f32x4.pmin(d0, d1), 3 * HALF);
  }
}

/** The k-th best of two sorted halves. */
export function kthOfHalves(sorted: usize): v128 {
  const first = max(0, wanted - half);
  const last = min(wanted, half);
  let kth = f32x4.splat(-Infinity);
  for (let i = first; i <= last; i++) {
    const other = wanted - i;
    const a = i == 0 ? f32x4.splat(Infinity) : v128.load(sorted + (<usize>(i - 1) << 4));
    const b = other == 0 ? f32x4.splat(Infinity) : v128.load(sorted + HALF + (<usize>(other - 1) << 4));
    kth = f32x4.pmax(kth, f32x4.pmin(a, b));
  }
  return kth;
}

/** Writes four rows of numbers, four at a time, so that a vector holds one item of each. Rows are `stride` apart. */
export function transpose(rows: usize, stride: usize, n: i32, to: usize): void {
  const end = rows + (<usize>n << 2);
  for (; rows < end; rows += 16, to += 64) {
    const a = v128.load(rows);
    const b = v128.load(rows + stride);
    const c = v128.load(rows + 2 * stride);
    const d = v128.load(rows + 3 * stride);
    const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const abUpper = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const cdUpper = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
    v128.store(to, v128.shuffle<i64>(ab, cd, 1, 3), 16);
    v128.store(to, v128.shuffle<i64>(abUpper, cdUpper, 0, 2), 32);
    v128.store(to, v128.shuffle<i64>(abUpper, cdUpper, 1, 3), 48);
  }
}
