import { fillBits, foldIn, type Key } from '@aimle/random';

const HALF = 2 ** 16;
const CHUNK = 4096;

export interface Dropout {
  readonly probability: number;
  /** Factor for the remaining elements, which keeps the mean. */
  readonly scale: number;
  /** Sets each element to zero with the probability, independently; `before` elements come before them in a larger array. */
  leaveOut(values: Float32Array, key: Key, before?: number): void;
}

/** Makes dropout that draws the geometric gaps between dropped elements; `scale` makes up for their rounding. */
export function dropout(probability: number): Dropout {
  if (probability === 0) return { probability, scale: 1, leaveOut: () => {} };
  const rate = Math.log1p(-probability);
  const gaps = Int32Array.from({ length: HALF }, (_, i) => Math.floor(Math.log1p(-(i + 0.5) / HALF) / rate));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / HALF;
  const bits = new Uint32Array(CHUNK);
  const halves = new Uint16Array(bits.buffer);
  return {
    probability,
    scale: (mean + 1) / mean,
    leaveOut(values, key, before = 0) {
      const { length } = values;
      let at = -1 - before;
      for (let chunk = 0; at < length; chunk++) {
        fillBits(foldIn(key, chunk), bits);
        for (let i = 0; i < halves.length; i++) {
          at += gaps[halves[i]!]! + 1;
          if (at >= length) break;
          if (at >= 0) values[at] = 0;
        }
      }
    },
  };
}
