/**
 * The purposes of blocks of random bits. The purpose is the top byte of the second counter word, so no two uses of one
 * key ever read the same block; the low 24 bits number the attempts within a purpose.
 */
export const Purpose = {
  bits: 0,
  deeperBits: 1 << 24,
  rejection: 2 << 24,
  gamma: 3 << 24,
  gammaBoost: 4 << 24,
  split: 5 << 24,
  foldNumber: 6 << 24,
  foldString: 7 << 24,
} as const;

/**
 * Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011):
 * writes the blocks of the counters (first, second), (first + 1, second), ... as pairs of words. The rounds are
 * unrolled by hand and all words are int32, because V8 keeps those in registers.
 */
export function threefry(
  key0: number,
  key1: number,
  first: number,
  second: number,
  out: Uint32Array,
  blocks: number,
): void {
  const k0 = key0 | 0;
  const k1 = key1 | 0;
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  const k2a = (k2 + 1) | 0;
  const k0b = (k0 + 2) | 0;
  const k1c = (k1 + 3) | 0;
  const k2d = (k2 + 4) | 0;
  const k0e = (k0 + 5) | 0;
  const start = (second + k1) | 0;
  for (let block = 0; block < blocks; block++) {
    let a = (first + block + k0) | 0;
    let b = start;

    a = (a + b) | 0;
    b = ((b << 13) | (b >>> 19)) ^ a;
    a = (a + b) | 0;
    b = ((b << 15) | (b >>> 17)) ^ a;
    a = (a + b) | 0;
    b = ((b << 26) | (b >>> 6)) ^ a;
    a = (a + b) | 0;
    b = ((b << 6) | (b >>> 26)) ^ a;
    a = (a + k1) | 0;
    b = (b + k2a) | 0;

    a = (a + b) | 0;
    b = ((b << 17) | (b >>> 15)) ^ a;
    a = (a + b) | 0;
    b = ((b << 29) | (b >>> 3)) ^ a;
    a = (a + b) | 0;
    b = ((b << 16) | (b >>> 16)) ^ a;
    a = (a + b) | 0;
    b = ((b << 24) | (b >>> 8)) ^ a;
    a = (a + k2) | 0;
    b = (b + k0b) | 0;

    a = (a + b) | 0;
    b = ((b << 13) | (b >>> 19)) ^ a;
    a = (a + b) | 0;
    b = ((b << 15) | (b >>> 17)) ^ a;
    a = (a + b) | 0;
    b = ((b << 26) | (b >>> 6)) ^ a;
    a = (a + b) | 0;
    b = ((b << 6) | (b >>> 26)) ^ a;
    a = (a + k0) | 0;
    b = (b + k1c) | 0;

    a = (a + b) | 0;
    b = ((b << 17) | (b >>> 15)) ^ a;
    a = (a + b) | 0;
    b = ((b << 29) | (b >>> 3)) ^ a;
    a = (a + b) | 0;
    b = ((b << 16) | (b >>> 16)) ^ a;
    a = (a + b) | 0;
    b = ((b << 24) | (b >>> 8)) ^ a;
    a = (a + k1) | 0;
    b = (b + k2d) | 0;

    a = (a + b) | 0;
    b = ((b << 13) | (b >>> 19)) ^ a;
    a = (a + b) | 0;
    b = ((b << 15) | (b >>> 17)) ^ a;
    a = (a + b) | 0;
    b = ((b << 26) | (b >>> 6)) ^ a;
    a = (a + b) | 0;
    b = ((b << 6) | (b >>> 26)) ^ a;

    out[2 * block] = a + k2;
    out[2 * block + 1] = b + k0e;
  }
}
