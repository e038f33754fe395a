/** Sorts states in place, the lexicographically greatest first: the order in which ties break. */
export function sortLexicographically(states: Uint8Array[]): Uint8Array[] {
  return states.sort((a, b) => {
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return b[i]! - a[i]!;
    return 0;
  });
}

/** More states than this would exhaust the memory. */
const MAX_STATES = 2 ** 20;

/** Checks that the states can be listed; `count` may be rounded. */
export function checkCount(name: string, count: number): void {
  if (count > MAX_STATES) {
    throw new RangeError(
      `${name}: states can list at most ${MAX_STATES} states, got about ${count.toPrecision(3)}; ` +
        'draw samples instead, or use topStates',
    );
  }
}
