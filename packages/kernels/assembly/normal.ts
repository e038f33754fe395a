import { highTails, lowTails, tailOf } from './tails';
import { words } from './own';
import { CHUNK, useKey, writeWords } from './threefry';

/*
 * The normal quantile by Wichura's AS 241: normal.ts of @aimle/random has the same numbers in the same order. Most
 * draws are in the centre, where a rational function is enough, two at a time. The others need a logarithm, which is
 * the host's Math.log: another one would differ in last bits.
 */

// @ts-expect-error: a decorator on a function is AssemblyScript's
@external('env', 'log')
declare function log(x: f64): f64;

/** A half of a word below this has a tail below 0.075. */
const CENTRE: i32 = 322122547;
// @ts-expect-error
@inline
function centre(r: v128): v128 {
  let a = f64x2.mul(f64x2.splat(2509.0809287301227), r);
  a = f64x2.mul(f64x2.add(a, f64x2.splat(33430.57558358813)), r);
  a = f64x2.mul(f64x2.add(a, f64x2.splat(67265.7709270087)), r);
  a = f64x2.mul(f64x2.add(a, f64x2.splat(45921.95393154987)), r);
  a = f64x2.mul(f64x2.add(a, f64x2.splat(13731.69376550946)), r);
  a = f64x2.mul(f64x2.add(a, f64x2.splat(1971.5909503065513)), r);
  a = f64x2.mul(f64x2.add(a, f64x2.splat(133.14166789178438)), r);
  a = f64x2.add(a, f64x2.splat(3.3871328727963665));
  let b = f64x2.mul(f64x2.splat(5226.495278852854), r);
  b = f64x2.mul(f64x2.add(b, f64x2.splat(28729.085735721943)), r);
  b = f64x2.mul(f64x2.add(b, f64x2.splat(39307.89580009271)), r);
  b = f64x2.mul(f64x2.add(b, f64x2.splat(21213.794301586597)), r);
  b = f64x2.mul(f64x2.add(b, f64x2.splat(5394.196021424751)), r);
  b = f64x2.mul(f64x2.add(b, f64x2.splat(687.1870074920579)), r);
  b = f64x2.mul(f64x2.add(b, f64x2.splat(42.31333070160091)), r);
  b = f64x2.add(b, f64x2.splat(1));
  return f64x2.div(a, b);
}

function shoulder(r: f64): f64 {
  const a: f64 = ((((((7.745450142783414e-4 * r + 0.022723844989269184) * r + 0.2417807251774506) * r + 1.2704582524523684) * r + 3.6478483247632045) * r + 5.769497221460691) * r + 4.630337846156546) * r + 1.4234371107496835;
  const b: f64 = ((((((1.0507500716444169e-9 * r + 5.475938084995345e-4) * r + 0.015198666563616457) * r + 0.14810397642748008) * r + 0.6897673349851) * r + 1.6763848301838038) * r + 2.053191626637759) * r + 1;
  return a / b;
}

function farTail(r: f64): f64 {
  const a: f64 = ((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r + 0.026532189526576124) * r + 0.29656057182850487) * r + 1.7848265399172913) * r + 5.463784911164114) * r + 6.657904643501103;
  const b: f64 = ((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r + 7.868691311456133e-4) * r + 0.014875361290850615) * r + 0.1369298809227358) * r + 0.599832206555888) * r + 1;
  return a / b;
}

/** The distance from 0 of two draws in the centre, as the low two float32 lanes. */
// @ts-expect-error
@inline
function twoDistances(p: v128): v128 {
  const q = f64x2.sub(f64x2.splat(0.5), p);
  return f32x4.demote_f64x2_zero(f64x2.mul(q, centre(f64x2.sub(f64x2.splat(0.180625), f64x2.mul(q, q)))));
}

/** Writes four draws from their words, and returns which of them are not in the centre. */
// @ts-expect-error
@inline
function fourDraws(words: v128, out: usize): i32 {
  const half = v128.xor(words, i32x4.shr_s(words, 31));
  const a = twoDistances(lowTails(half));
  const b = twoDistances(highTails(half));
  // Words with a sign belong to the upper side, which is positive.
  const signs = v128.andnot(i32x4.splat(1 << 31), words);
  v128.store(out, v128.xor(v128.shuffle<i64>(a, b, 0, 2), signs));
  return i32x4.bitmask(i32x4.lt_s(half, i32x4.splat(CENTRE)));
}

/** One draw that is not in the centre. */
function outerDraw(key0: u32, key1: u32, element: u32, word: i32): f32 {
  const r = sqrt<f64>(-log(tailOf(key0, key1, element, word ^ (word >> 31))));
  const distance = <f32>(r <= 5 ? shoulder(r - 1.6) : farTail(r - 5));
  return word < 0 ? distance : -distance;
}

/**
 * Writes standard normal draws of the elements [first, first + count) of a stream, `first` even, as float32. Up to
 * three numbers behind the last are overwritten too.
 */
export function fillNormal(key0: u32, key1: u32, first: u32, count: u32, out: usize): void {
  useKey(key0, key1);
  const end = first + count;
  for (let done = first; done < end; done += CHUNK) {
    const numbers = min(CHUNK, end - done);
    writeWords(done, numbers, words);
    for (let i: u32 = 0; i < numbers; i += 4, out += 16) {
      const at = words + (<usize>i << 2);
      for (let outer = fourDraws(v128.load(at), out); outer != 0; outer &= outer - 1) {
        const lane = ctz(outer);
        const word = load<i32>(at + (<usize>lane << 2));
        store<f32>(out + (<usize>lane << 2), outerDraw(key0, key1, done + i + lane, word));
      }
    }
  }
}
