/** Sorts states in place, the lexicographically greatest first: the order in which ties break. */
export function sortLexicographically(states: Uint8Array[]): Uint8Array[] {
  return states.sort((a, b) => {
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return b[i]! - a[i]!;
    return 0;
  });
}

/** More states than this would fill the memory before anyone could look at them. */
const MAX_STATES = 2 ** 20;

/** `count` may be a rounded one. */
export function checkCount(name: string, count: number): void {
  if (count > MAX_STATES) {
    throw new RangeError(
      `${name}: states are listed where there are at most ${MAX_STATES} of them, got about ${count.toPrecision(3)}; ` +
        'draw samples instead, or take the best ones',
    );
  }
}
