/**
 * Double precision in WGSL, which has none: numbers of 53 bits in words of 32, rounded to nearest, ties to even, as IEEE
 * 754 says. So a quantile has the bits that the host computes. Numbers below the normal range count as zero.
 */
export const softDouble = `
/** (hi, lo) * 2^e; the leading one is bit 20 of hi, and zero has neither. */
struct Double { negative: bool, e: i32, hi: u32, lo: u32 }

/** A double from its two words, the lower first. */
fn unpacked(words: vec2<u32>) -> Double {
  let exponent = i32((words.y >> 20u) & 0x7ffu);
  if (exponent == 0) { return Double(false, 0, 0u, 0u); }
  return Double((words.y >> 31u) == 1u, exponent - 1075, (words.y & 0xfffffu) | 0x100000u, words.x);
}

/** Rounds (hi, lo) * 2^e, whose leading one is bit 31 of hi, to 53 bits. */
fn rounded(negative: bool, e: i32, hi: u32, lo: u32) -> Double {
  let dropped = lo & 0x7ffu;
  var top = hi >> 11u;
  var low = (hi << 21u) | (lo >> 11u);
  if (dropped > 0x400u || (dropped == 0x400u && (low & 1u) == 1u)) {
    low += 1u;
    if (low == 0u) { top += 1u; }
  }
  if (top == 0x200000u) { return Double(negative, e + 12, 0x100000u, 0u); }
  return Double(negative, e + 11, top, low);
}

/** Shifts the leading one of (hi, lo) to bit 31 of hi, and rounds. */
fn normalised(negative: bool, e: i32, hi: u32, lo: u32) -> Double {
  if ((hi | lo) == 0u) { return Double(false, 0, 0u, 0u); }
  if (hi == 0u) {
    let shift = countLeadingZeros(lo);
    return rounded(negative, e - 32 - i32(shift), lo << shift, 0u);
  }
  let shift = countLeadingZeros(hi);
  if (shift == 0u) { return rounded(negative, e, hi, lo); }
  return rounded(negative, e - i32(shift), (hi << shift) | (lo >> (32u - shift)), lo << shift);
}

/** a * b in 64 bits, the lower word first. */
fn wide(a: u32, b: u32) -> vec2<u32> {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let left = (a >> 16u) * (b & 0xffffu);
  let right = (a & 0xffffu) * (b >> 16u);
  let middle = (low >> 16u) + (left & 0xffffu) + (right & 0xffffu);
  let high = (a >> 16u) * (b >> 16u) + (left >> 16u) + (right >> 16u) + (middle >> 16u);
  return vec2<u32>((middle << 16u) | (low & 0xffffu), high);
}

fn product(a: Double, b: Double) -> Double {
  if (a.hi == 0u || b.hi == 0u) { return Double(false, 0, 0u, 0u); }
  let low = wide(a.lo, b.lo);
  let left = wide(a.lo, b.hi);
  let right = wide(a.hi, b.lo);
  let high = wide(a.hi, b.hi);
  // The words of the product, 106 bits at most.
  var w1 = low.y + left.x;
  var carry = u32(w1 < low.y);
  w1 += right.x;
  carry += u32(w1 < right.x);
  // Of left.y and right.y only 21 bits are set, so that their sum has room for the carry.
  let middle = left.y + right.y + carry;
  let w2 = middle + high.x;
  let w3 = high.y + u32(w2 < middle);
  let negative = a.negative != b.negative;
  if ((w3 & 0x200u) != 0u) {
    let lost = u32(((w1 & 0x3ffu) | low.x) != 0u);
    return rounded(negative, a.e + b.e + 42, (w3 << 22u) | (w2 >> 10u), (w2 << 22u) | (w1 >> 10u) | lost);
  }
  let lost = u32(((w1 & 0x1ffu) | low.x) != 0u);
  return rounded(negative, a.e + b.e + 41, (w3 << 23u) | (w2 >> 9u), (w2 << 23u) | (w1 >> 9u) | lost);
}

fn sum(first: Double, second: Double) -> Double {
  if (first.hi == 0u) { return second; }
  if (second.hi == 0u) { return first; }
  var a = first;
  var b = second;
  let swap = b.e > a.e || (b.e == a.e && (b.hi > a.hi || (b.hi == a.hi && b.lo > a.lo)));
  if (swap) { a = second; b = first; }
  // Ten more bits, and the last of them says whether any is lost.
  let ahi = (a.hi << 10u) | (a.lo >> 22u);
  let alo = a.lo << 10u;
  var bhi = (b.hi << 10u) | (b.lo >> 22u);
  var blo = b.lo << 10u;
  let shift = u32(a.e - b.e);
  if (shift >= 64u) { bhi = 0u; blo = 1u; }
  else if (shift >= 32u) {
    let lost = select(bhi << (64u - shift), 0u, shift == 32u) | blo;
    blo = (bhi >> (shift - 32u)) | u32(lost != 0u);
    bhi = 0u;
  } else if (shift > 0u) {
    let lost = blo << (32u - shift);
    blo = (blo >> shift) | (bhi << (32u - shift)) | u32(lost != 0u);
    bhi = bhi >> shift;
  }
  if (a.negative == b.negative) {
    let lo = alo + blo;
    return normalised(a.negative, a.e - 10, ahi + bhi + u32(lo < alo), lo);
  }
  return normalised(a.negative, a.e - 10, ahi - bhi - u32(alo < blo), alo - blo);
}

/** Rounds to single precision. */
fn single(x: Double) -> f32 {
  let exponent = x.e + 52;
  if (x.hi == 0u || exponent < -126) { return 0.0; }
  var bits = (u32(exponent + 126) << 23u) + ((x.hi << 3u) | (x.lo >> 29u));
  let dropped = x.lo & 0x1fffffffu;
  if (dropped > 0x10000000u || (dropped == 0x10000000u && (bits & 1u) == 1u)) { bits += 1u; }
  return bitcast<f32>(bits | select(0u, 0x80000000u, x.negative));
}
`;
