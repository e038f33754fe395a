import { fillUniform, foldIn, type Key } from '@aimle/random';

/** Codes of training images, one for each image: `count` times `codes` blocks of `codeSize` bits. */
export interface KnownCodes {
  readonly bits: Float32Array;
  readonly count: number;
  readonly codes: number;
  readonly codeSize: number;
}

/** Training images that a code is chosen among. */
const CANDIDATES = 64;

/**
 * Draws codes that go together as those of training images do. Code after code, it draws 64 training images, and takes the
 * code of the one whose earlier codes have most bits in common with those drawn so far: an autoregressive prior without
 * parameters. The uniform prior of the loss is not what encoders make use of, and its codes decode to mush.
 *
 * @returns `count` drawn codes, in the layout of the known ones.
 */
export function drawCodes(
  { bits, count: known, codes, codeSize }: KnownCodes,
  count: number,
  key: Key,
): Float32Array {
  const length = codes * codeSize;
  const drawn = new Float32Array(count * length);
  const uniform = new Float64Array(codes * CANDIDATES);
  for (let i = 0; i < count; i++) {
    fillUniform(foldIn(key, i), uniform);
    const code = drawn.subarray(i * length, (i + 1) * length);
    for (let m = 0; m < codes; m++) {
      let best = 0;
      let most = -1;
      for (let c = 0; c < CANDIDATES; c++) {
        const candidate = Math.floor(known * uniform[m * CANDIDATES + c]!);
        let common = 0;
        for (let bit = 0; bit < m * codeSize; bit++) common += code[bit]! * bits[candidate * length + bit]!;
        if (common > most) [best, most] = [candidate, common];
      }
      const from = best * length + m * codeSize;
      code.set(bits.subarray(from, from + codeSize), m * codeSize);
    }
  }
  return drawn;
}
