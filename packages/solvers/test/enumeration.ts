import type { State } from './entry.js';

/** All 0/1 vectors of a length with k ones, lexicographically greatest first. */
export function subsets(size: number, k: number): Uint8Array[] {
  const states: Uint8Array[] = [];
  const state = new Uint8Array(size);
  const place = (from: number, left: number): void => {
    if (left === 0) {
      states.push(state.slice());
      return;
    }
    for (let i = from; i <= size - left; i++) {
      state[i] = 1;
      place(i + 1, left - 1);
      state[i] = 0;
    }
  };
  place(0, k);
  return states;
}

/** The same states, lexicographically greatest first: the order of the contract. */
export function lexicographic<S extends State>(states: readonly S[]): S[] {
  return [...states].sort((a, b) => {
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return b[i]! - a[i]!;
    return 0;
  });
}

/** <theta, z> where infinities are counted apart, so that oo - oo never arises: the most important count first. */
export type Worth = readonly [forbidden: number, forced: number, sum: number];

export function worthOf(theta: Float32Array, state: State, sign: number): Worth {
  let forbidden = 0;
  let forced = 0;
  let sum = 0;
  for (let i = 0; i < theta.length; i++) {
    const weight = state[i]!;
    const score = sign * theta[i]!;
    if (weight === 0) continue;
    if (score === -Infinity) forbidden++;
    else if (score === Infinity) forced++;
    else sum += score * weight;
  }
  return [-forbidden, forced, sum];
}

/**
 * The best state by exhaustion, the first among equals. The sums must be exact in double precision: see `dyadic` in
 * the battery.
 */
export function bestState(
  theta: Float32Array,
  states: readonly State[],
  sign: number,
): { state: State; value: Worth } {
  let best = { state: states[0]!, value: worthOf(theta, states[0]!, sign) };
  for (const state of states) {
    const value = worthOf(theta, state, sign);
    const difference = value.map((x, i) => x - best.value[i]!).find((d) => d !== 0);
    if (difference !== undefined && difference > 0) best = { state, value };
  }
  return best;
}
