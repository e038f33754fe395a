/** All 0/1 vectors of a length that are states, the lexicographically greatest first. */
export function statesAmongAll(size: number, isState: (z: Uint8Array) => boolean): Uint8Array[] {
  const states: Uint8Array[] = [];
  const z = new Uint8Array(size);
  for (let code = 2 ** size - 1; code >= 0; code--) {
    for (let i = 0; i < size; i++) z[i] = (code >> (size - 1 - i)) & 1;
    if (isState(z)) states.push(z.slice());
  }
  return states;
}

export const ones = (z: Uint8Array): number => z.reduce((sum, one) => sum + one, 0);

/** Exactly one label at each position, and the transitions between them. */
export function isChain(z: Uint8Array, length: number, labels: number): boolean {
  const label = (t: number, a: number): number => z[t * labels + a]!;
  for (let t = 0; t < length; t++) {
    if (ones(z.subarray(t * labels, (t + 1) * labels)) !== 1) return false;
    for (let a = 0; a < labels && t < length - 1; a++) {
      for (let b = 0; b < labels; b++) {
        const transition = z[length * labels + (t * labels + a) * labels + b]!;
        if (transition !== label(t, a) * label(t + 1, b)) return false;
      }
    }
  }
  return true;
}

/** Each position in exactly one segment, and the transitions between labels where one begins. */
export function isSegmentation(
  z: Uint8Array,
  length: number,
  maxLength: number,
  labels: number,
  transitions: boolean,
): boolean {
  let at = 0;
  const covered = new Uint8Array(length);
  const begins = new Map<number, number>();
  const ends = new Map<number, number>();
  for (let start = 0; start < length; start++) {
    for (let l = 1; l <= Math.min(maxLength, length - start); l++) {
      for (let k = 0; k < labels; k++) {
        if (z[at++] === 0) continue;
        for (let p = start; p < start + l; p++) covered[p]!++;
        begins.set(start, k);
        ends.set(start + l, k);
      }
    }
  }
  if (!covered.every((times) => times === 1)) return false;
  for (let p = 1; p < length && transitions; p++) {
    for (let a = 0; a < labels; a++) {
      for (let b = 0; b < labels; b++) {
        if (z[at++] !== +(begins.get(p) === b && ends.get(p) === a)) return false;
      }
    }
  }
  return true;
}

/** One head per word, all of them under the symbol 0, and between the ends of an arc descendants of its head only. */
export function isProjectiveTree(z: Uint8Array, words: number, roots: 'one' | 'many'): boolean {
  const heads: number[][] = Array.from({ length: words + 1 }, () => []);
  let at = 0;
  for (let head = 0; head <= words; head++) {
    for (let modifier = 1; modifier <= words; modifier++) {
      if (modifier !== head && z[at++] === 1) heads[modifier]!.push(head);
    }
  }
  if (heads.some((own, word) => own.length !== +(word > 0))) return false;
  const descends = (word: number, ancestor: number): boolean => {
    for (let steps = 0; steps <= words; steps++) {
      if (word === ancestor) return true;
      if (word === 0) return false;
      word = heads[word]![0]!;
    }
    return false;
  };
  for (let m = 1; m <= words; m++) {
    if (!descends(m, 0)) return false;
    const h = heads[m]![0]!;
    for (let w = Math.min(h, m) + 1; w < Math.max(h, m); w++) if (!descends(w, h)) return false;
  }
  return roots === 'many' || heads.filter((own) => own[0] === 0).length === 1;
}

/** In a graph without cycles: one unit goes from one vertex to the other, and nothing is left anywhere else. */
export function isPath(z: Uint8Array, edges: readonly number[], from: number, to: number): boolean {
  const surplus = new Map<number, number>();
  const add = (vertex: number, amount: number) => surplus.set(vertex, (surplus.get(vertex) ?? 0) + amount);
  add(from, -1);
  add(to, 1);
  z.forEach((one, e) => {
    add(edges[2 * e]!, one);
    add(edges[2 * e + 1]!, -one);
  });
  return [...surplus.values()].every((amount) => amount === 0);
}

/** One 1 in each row and each column. */
export function isPermutation(z: Uint8Array, items: number): boolean {
  const lines = Array.from({ length: items }, (_, i) => i);
  return lines.every(
    (i) =>
      ones(z.filter((_, e) => Math.floor(e / items) === i)) === 1 &&
      ones(z.filter((_, e) => e % items === i)) === 1,
  );
}
