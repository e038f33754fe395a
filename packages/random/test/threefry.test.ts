import { expect, test } from 'vitest';
import { fillBits } from '../src/index.js';
import { threefry } from '../src/threefry.js';

const hex = (words: Uint32Array) => Array.from(words, (word) => word.toString(16).padStart(8, '0'));

test.each([
  { counter: [0, 0], key: [0, 0], words: ['6b200159', '99ba4efe'] },
  { counter: [0xffffffff, 0xffffffff], key: [0xffffffff, 0xffffffff], words: ['1cb996fc', 'bb002be7'] },
  { counter: [0x243f6a88, 0x85a308d3], key: [0x13198a2e, 0x03707344], words: ['c4923a9c', '483df7a0'] },
])('Threefry gives the known answer $words of Random123', ({ counter, key, words }) => {
  const out = new Uint32Array(2);
  threefry(key[0]!, key[1]!, counter[0]!, counter[1]!, out, 1);
  expect(hex(out)).toEqual(words);
});

test('many blocks are the blocks of consecutive counters', () => {
  const many = new Uint32Array(20);
  threefry(3, 4, 5, 6, many, 10);
  for (let block = 0; block < 10; block++) {
    const one = new Uint32Array(2);
    threefry(3, 4, 5 + block, 6, one, 1);
    expect(many.subarray(2 * block, 2 * block + 2)).toEqual(one);
  }
});

test('the bits of a key start with the block of counter (0, 0), and fill odd lengths', () => {
  const out = new Uint32Array(3);
  fillBits([0, 0], out);
  expect(hex(out).slice(0, 2)).toEqual(['6b200159', '99ba4efe']);
  const third = new Uint32Array(2);
  threefry(0, 0, 1, 0, third, 1);
  expect(out[2]).toBe(third[0]);
});

test('every bit of a key and of a counter changes about half of the output bits', () => {
  const differing = (a: Uint32Array, b: Uint32Array) => {
    let bits = 0;
    for (let i = 0; i < 2; i++) for (let x = (a[i]! ^ b[i]!) >>> 0; x !== 0; x >>>= 1) bits += x & 1;
    return bits;
  };
  const block = (input: number[]) => {
    const out = new Uint32Array(2);
    threefry(input[0]!, input[1]!, input[2]!, input[3]!, out, 1);
    return out;
  };
  let total = 0;
  for (let bit = 0; bit < 128; bit++) {
    const flipped = [1, 2, 3, 4];
    flipped[bit >> 5]! ^= 1 << (bit & 31);
    total += differing(block([1, 2, 3, 4]), block(flipped));
  }
  // 8,192 fair coins: mean 4,096, standard deviation 45; five of them.
  expect(Math.abs(total - 4096)).toBeLessThan(226);
});
