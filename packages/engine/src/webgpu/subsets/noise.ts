import { softDouble } from './softDouble.js';

/** Noise as @aimle/random makes it, to the last bit: element i of a stream is the quantile of word i of its blocks. */
export const noise = `${softDouble}
fn turned(x: vec2<u32>, r: u32) -> vec2<u32> {
  let a = x.x + x.y;
  return vec2<u32>(a, ((x.y << r) | (x.y >> (32u - r))) ^ a);
}

/** A block of Threefry-2x32 with 20 rounds. */
fn threefry(key: vec2<u32>, counter: vec2<u32>) -> vec2<u32> {
  let last = key.x ^ key.y ^ 0x1bd11bdau;
  var x = counter + key;
  x = turned(turned(turned(turned(x, 13u), 15u), 26u), 6u) + vec2<u32>(key.y, last + 1u);
  x = turned(turned(turned(turned(x, 17u), 29u), 16u), 24u) + vec2<u32>(last, key.x + 2u);
  x = turned(turned(turned(turned(x, 13u), 15u), 26u), 6u) + vec2<u32>(key.x, key.y + 3u);
  x = turned(turned(turned(turned(x, 17u), 29u), 16u), 24u) + vec2<u32>(key.y, last + 4u);
  return turned(turned(turned(turned(x, 13u), 15u), 26u), 6u) + vec2<u32>(last, key.x + 5u);
}

/** The noise of an element. \`cells\` are the cubics of the quantiles, four doubles each, on the lower side first. */
fn noiseOf(key: vec2<u32>, element: u32, shift: vec2<u32>) -> f32 {
  let block = threefry(key, vec2<u32>(element >> 1u, 0u));
  let word = select(block.x, block.y, (element & 1u) == 1u);
  let upper = (word >> 31u) == 1u;
  let half = select(word, ~word, upper);
  // The distance to the nearer end, with more bits where it is small.
  var p: Double;
  if (half < 0x400000u) {
    let more = threefry(key, vec2<u32>(element, 0x1000000u)).x;
    p = normalised(false, -65, (half << 1u) | (more >> 31u), (more << 1u) | 1u);
  } else {
    p = normalised(false, -33, 0u, (half << 1u) | 1u);
  }
  let cell = (u32(p.e + 117) << 5u) | ((p.hi >> 15u) & 31u);
  let at = 4u * (cell + select(0u, 2049u, upper));
  let d = normalised(false, p.e, p.hi & 0x7fffu, p.lo);
  var q = sum(unpacked(cells[at + 2u]), product(d, unpacked(cells[at + 3u])));
  q = sum(unpacked(cells[at + 1u]), product(d, q));
  q = sum(unpacked(cells[at]), product(d, q));
  return single(sum(q, unpacked(shift)));
}
`;
