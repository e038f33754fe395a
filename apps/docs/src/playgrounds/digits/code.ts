/** A code in the page: rows of bits with the scores that chose them. */
export interface Code {
  readonly rows: number;
  readonly width: number;
  /** Zeros and ones, the same number of ones in each row. */
  readonly bits: Uint8Array;
  /** theta, for each bit. */
  readonly scores: Float32Array;
}

/**
 * The code after a reader presses a bit. The number of bits on in the row stays the same: a bit that is turned off is replaced by
 * the best that was off, and one that is turned on replaces the worst that was on. Pressing it again undoes it.
 */
export function pressed(code: Code, at: number): Code {
  const { bits, scores, width } = code;
  const from = width * Math.floor(at / width);
  const lit = bits[at] === 1;
  let other = -1;
  for (let i = from; i < from + width; i++) {
    if (i === at || (bits[i] === 1) === lit) continue;
    const better = other < 0 || (lit ? scores[i]! > scores[other]! : scores[i]! < scores[other]!);
    if (better) other = i;
  }
  if (other < 0) return code;
  const next = bits.slice();
  next[at] = lit ? 0 : 1;
  next[other] = lit ? 1 : 0;
  return { ...code, bits: next };
}

export function distance(one: Code, other: Code): number {
  return one.bits.reduce((sum, bit, i) => sum + (bit === other.bits[i] ? 0 : 1), 0);
}
