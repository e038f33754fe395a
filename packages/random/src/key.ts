import { requireInteger, requireKey } from './constraints.js';
import { Purpose, threefry } from './threefry.js';

/**
 * A key: two uint32 words that name one endless stream of random numbers. Plain data, so it survives JSON,
 * `structuredClone` and `postMessage`. A key does not change when you draw from it; derive a new one for each purpose
 * with {@link split} or {@link foldIn}.
 *
 * @example
 * ```ts
 * import { type Key, key } from '@aimle/random';
 * const mine: Key = JSON.parse(JSON.stringify(key(7)));
 * mine; // => [0, 7]
 * ```
 */
export type Key = readonly [number, number];

const block = new Uint32Array(2);
const encoder = new TextEncoder();
const TWO_32 = 2 ** 32;

/** The first digits of pi: an arbitrary, well-known start for hashing a string that has no parent key. */
const STRING_START: Key = [0x243f6a88, 0x85a308d3];

/** Uses the block of one counter as a new key. */
function derive(parent: Key, first: number, second: number): Key {
  threefry(parent[0], parent[1], first, second, block, 1);
  return [block[0]!, block[1]!];
}

/**
 * Hashes a string into a key: its UTF-8 bytes, padded with a one bit and followed by their number, are the
 * counters of a chain in which Threefry is the cipher and each result, xor its input, is the next key
 * (the Matyas-Meyer-Oseas construction).
 */
function absorb(start: Key, text: string): Key {
  const bytes = encoder.encode(text);
  const padded = new Uint8Array(8 * (Math.floor(bytes.length / 8) + 2));
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const words = new DataView(padded.buffer);
  words.setUint32(padded.length - 4, bytes.length);
  let state = start;
  for (let at = 0; at < padded.length; at += 8) {
    const first = words.getUint32(at);
    const second = words.getUint32(at + 4);
    const mixed = derive(state, first, second);
    state = [(mixed[0] ^ first) >>> 0, (mixed[1] ^ second) >>> 0];
  }
  return state;
}

/**
 * Makes a key from a seed. A number or bigint becomes the two words of its 64-bit two's complement (`key(5)` and
 * `key(5n)` are the same); a string is hashed completely, with Threefry as the cipher of a Matyas-Meyer-Oseas chain, so
 * strings that differ in one bit give unrelated keys.
 *
 * @param seed - a safe integer, a bigint in [-2^63, 2^64), or any string
 * @returns the key
 * @throws RangeError when a number is not a safe integer or a bigint needs more than 64 bits
 * @example
 * ```ts
 * import { key } from '@aimle/random';
 * key(42); // => [0, 42]
 * key('digits'); // => [2684991703, 2433430848]
 * ```
 */
export function key(seed: number | bigint | string): Key {
  if (typeof seed === 'string') return absorb(STRING_START, seed);
  if (typeof seed === 'bigint') {
    if (seed < -(2n ** 63n) || seed >= 2n ** 64n) {
      throw new RangeError(`key: a bigint seed must be in [-2^63, 2^64), got ${seed}n`);
    }
    const bits = BigInt.asUintN(64, seed);
    return [Number(bits >> 32n), Number(bits & 0xffffffffn)];
  }
  requireInteger('key: seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return [Math.floor(seed / TWO_32) >>> 0, seed >>> 0];
}

/**
 * Derives n independent keys from one. Child i depends on (key, i) only: asking for more children does not change the
 * first ones. Costs one Threefry block per child.
 *
 * @param parent - the key to derive from; do not also draw from it
 * @param n - the number of keys, an integer in [0, 2^32 - 1]
 * @returns n keys
 * @throws RangeError when n is not such an integer, TypeError when parent is not a key
 * @example
 * ```ts
 * import { key, split } from '@aimle/random';
 * const [forEncoder, forDecoder] = split(key(0), 2);
 * split(key(0), 5)[1]!.join() === forDecoder!.join(); // => true
 * forEncoder!.join() === forDecoder!.join(); // => false
 * ```
 */
export function split(parent: Key, n: number): Key[] {
  requireKey('split', parent);
  requireInteger('split: n', n, 0, TWO_32 - 1);
  const children = new Uint32Array(2 * n);
  threefry(parent[0], parent[1], 0, Purpose.split, children, n);
  return Array.from({ length: n }, (_, i): Key => [children[2 * i]!, children[2 * i + 1]!]);
}

/**
 * Derives one key from a key and a piece of data: a step number, an index, a name. Numbers and strings never
 * collide with each other, nor with the children that {@link split} makes, nor with the bits that fillers
 * draw. Costs one Threefry block for a number, one for each 8 bytes of a string.
 *
 * @param parent - the key to derive from
 * @param data - a safe integer (which may be negative) or any string
 * @returns the derived key
 * @throws RangeError when data is a number but not a safe integer, TypeError when parent is not a key
 * @example
 * ```ts
 * import { foldIn, key } from '@aimle/random';
 * const noiseOfStep = (step: number) => foldIn(foldIn(key(0), 'noise'), step);
 * noiseOfStep(3).join() === noiseOfStep(3).join(); // => true
 * noiseOfStep(3).join() === noiseOfStep(4).join(); // => false
 * ```
 */
export function foldIn(parent: Key, data: number | string): Key {
  requireKey('foldIn', parent);
  if (typeof data === 'string') return absorb(derive(parent, 0, Purpose.foldString), data);
  requireInteger('foldIn: data', data, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return derive(parent, data >>> 0, Purpose.foldNumber | (Math.floor(data / TWO_32) & 0xffffff));
}
