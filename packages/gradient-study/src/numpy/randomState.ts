/** Length of the state and distance of the recurrence of MT19937. */
const LENGTH = 624;
const DISTANCE = 397;

/**
 * Reproduces numpy's legacy `RandomState(seed).randn`, number for number: MT19937 and Marsaglia's polar method. The
 * paper's problems are drawn from it; everything else uses keys of `@aimle/random`.
 *
 * @param seed an integer in [0, 2^32).
 * @throws RangeError when the seed is outside that range.
 * @example
 * ```ts
 * import { randomState } from '@aimle/gradient-study';
 *
 * const rng = randomState(0);
 * rng.normals(3); // => [~1.764052, ~0.400157, ~0.978738]
 * ```
 * @see Matsumoto and Nishimura 1998; numpy, `numpy/random/src/legacy`.
 */
export function randomState(seed: number): RandomState {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    throw new RangeError(`randomState: seed must be an integer in [0, 2^32), got ${seed}`);
  }
  const state = new Uint32Array(LENGTH);
  state[0] = seed;
  for (let i = 1; i < LENGTH; i++) {
    const last = state[i - 1]!;
    state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
  }
  let next = LENGTH;
  let spare: number | undefined;

  function twist(): void {
    for (let i = 0; i < LENGTH; i++) {
      const mixed = (state[i]! & 0x80000000) | (state[(i + 1) % LENGTH]! & 0x7fffffff);
      state[i] = state[(i + DISTANCE) % LENGTH]! ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
    }
    next = 0;
  }

  function word(): number {
    if (next === LENGTH) twist();
    let y = state[next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  function uniform(): number {
    const high = word() >>> 5;
    return (high * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
  }

  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const squared = x * x + y * y;
      if (squared >= 1 || squared === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(squared)) / squared);
      spare = factor * x;
      return factor * y;
    }
  }

  return { normals: (count) => Float64Array.from({ length: count }, normal) };
}

/** A stream of numpy's legacy normal numbers. See {@link randomState}. */
export interface RandomState {
  /** Returns the next `count` numbers, as `randn(count)` does. */
  normals(count: number): Float64Array;
}
