import type { Noise } from '@aimle/random';
import type { Layout } from '../layer/layout.js';

/** Maps the draw of u to that of 1 - u, which is as likely and on the other side of the median. */
const mirrors: Readonly<Record<string, (epsilon: number) => number>> = {
  gumbel: mirroredGumbel,
  normal: (epsilon) => -epsilon,
  logistic: (epsilon) => -epsilon,
  none: (epsilon) => epsilon,
};

/** Finds the mirror image of a noise. Throws when none is known. */
export function mirrorOf(name: string, noise: Noise): (epsilon: number) => number {
  const mirror = mirrors[noise.name];
  if (mirror === undefined) {
    throw new RangeError(
      `${name}: antithetic pairs need a noise whose mirror image is known, ${Object.keys(mirrors).join(', ')}, got ` +
        `"${noise.name}". Leave antithetic out.`,
    );
  }
  return mirror;
}

/**
 * Makes the second of each pair of consecutive states, within groups of `group` states, the mirror image of the
 * first. An unpaired state keeps its own noise.
 */
export function mirrorPairs(
  mirror: (epsilon: number) => number,
  epsilon: Float32Array,
  { batch, samples, events, size }: Layout,
  group: number,
): void {
  const state = events * size;
  for (let s = 0; s < batch * samples; s++) {
    if ((s % group) % 2 === 0) continue;
    for (let j = s * state; j < (s + 1) * state; j++) epsilon[j] = mirror(epsilon[j - state]!);
  }
}

/** Computes -ln(-ln(1 - u)) for x = -ln(-ln u), with the logarithm that is accurate on either side. */
function mirroredGumbel(x: number): number {
  const minusLogU = Math.exp(-x);
  const u = Math.exp(-minusLogU);
  return -Math.log(-(u > 0.5 ? Math.log(-Math.expm1(-minusLogU)) : Math.log1p(-u)));
}
