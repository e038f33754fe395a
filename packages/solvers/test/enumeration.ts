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

/** All spanning trees of the complete graph, lexicographically greatest first. */
export function spanningTrees(vertices: number): Uint8Array[] {
  const edges: [number, number][] = [];
  for (let i = 0; i < vertices; i++) for (let j = i + 1; j < vertices; j++) edges.push([i, j]);
  return subsets(edges.length, vertices - 1).filter((state) => {
    const component = Array.from({ length: vertices }, (_, v) => v);
    edges.forEach(([i, j], edge) => {
      if (state[edge] === 0) return;
      const [kept, merged] = [component[i]!, component[j]!];
      for (let v = 0; v < vertices; v++) if (component[v] === merged) component[v] = kept;
    });
    return component.every((c) => c === component[0]);
  });
}

/** <theta, z>, with infinities counted apart, so that oo - oo never arises. */
function value(theta: Float32Array, state: Uint8Array, sign: number): [number, number, number] {
  let excluded = 0;
  let forced = 0;
  let sum = 0;
  state.forEach((one, i) => {
    const score = sign * theta[i]!;
    if (one === 0) return;
    if (score === -Infinity) excluded++;
    else if (score === Infinity) forced++;
    else sum += score;
  });
  return [-excluded, forced, sum];
}

/**
 * The best state by exhaustion. The sums must be exact in double precision: see `dyadic` in the battery. `states` come
 * lexicographically greatest first, so that the first among equals is the one that the contract asks for.
 */
export function bestState(theta: Float32Array, states: readonly Uint8Array[], sign: number): Uint8Array {
  let best = states[0]!;
  let bestValue = value(theta, best, sign);
  for (const state of states) {
    const candidate = value(theta, state, sign);
    const difference = candidate.map((x, i) => x - bestValue[i]!).find((d) => d !== 0);
    if (difference !== undefined && difference > 0) [best, bestValue] = [state, candidate];
  }
  return best;
}
