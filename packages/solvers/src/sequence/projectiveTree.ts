import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import {
  checkBatch,
  checkInteger,
  checkSense,
  rejectInfeasible,
  rejectInfinity,
  rejectNaN,
} from '../validation.js';

/**
 * Settings of {@link projectiveTree}.
 *
 * @example
 * ```ts
 * import { projectiveTree, type ProjectiveTreeOptions } from '@aimle/solvers';
 *
 * const options: ProjectiveTreeOptions = { words: 20, roots: 'many' };
 * projectiveTree(options).kappa // => 20
 * ```
 */
export interface ProjectiveTreeOptions {
  /** Number of words, in [1, 5000], without the root symbol. */
  readonly words: number;
  /** Whether exactly one word is attached to the root symbol (`'one'`, the default), or at least one (`'many'`). */
  readonly roots?: 'one' | 'many';
  /** Whether theta is scores (`'maximise'`, the default) or costs. */
  readonly sense?: Sense;
}

/**
 * Builds the projective-tree solver: it finds the best dependency tree of a sentence without crossing arcs.
 *
 * z(theta) = argmax of <theta, z> over the sets of arcs head -> modifier that give each word 1..words one head, another
 * word or the root symbol 0, without a cycle, such that every word between two ends of an arc descends from its head.
 * Use it for syntax, or for any nesting of a sequence. For trees whose arcs may cross, use {@link arborescence}.
 *
 * theta has `size` = words^2 arcs, by head, then modifier, without the arcs from a word to itself. With n = words,
 * (0, m) is at m - 1; (h, m) for h >= 1 is at n + (h - 1) * (n - 1) + m - 1 for m < h, and one less for m > h.
 *
 * Of equally good trees it returns the same one for the same theta, not necessarily the lexicographically greatest,
 * which would cost more to find than the tree. Of two equal spans it takes the one that splits further to the left. A
 * masked arc is never taken; an instance without any unmasked tree is an error.
 *
 * Cost: O(words^3) per instance (Eisner, "Three new probabilistic models for dependency parsing", COLING 1996). Exact.
 * The solver holds 40 * (words + 1)^2 bytes: 1 GB at 5,000 words, the maximum.
 *
 * @param options - the number of words, how many are attached to the root symbol, and the sense.
 * @returns a solver with `kappa` = words.
 * @throws RangeError when words, roots or sense is out of range.
 *
 * @example
 * ```ts
 * import { projectiveTree } from '@aimle/solvers';
 *
 * // Arcs (0,1), (0,2), (1,2), (2,1): word 2 is the root, and the head of word 1.
 * const solver = projectiveTree({ words: 2 });
 * const z = new Float32Array(4);
 * solver.solve(Float32Array.of(3, 2, 1, 4), z, 1);
 * Array.from(z) // => [0, 1, 0, 1]
 * ```
 */
export function projectiveTree(options: ProjectiveTreeOptions): Solver {
  const {
    words,
    roots = 'one',
    sense = 'maximise',
  } = checkOptions('projectiveTree', options, { words: true, roots: true, sense: true });
  const name = 'projectiveTree';
  checkInteger(name, 'words', words, 1, 5_000);
  if (roots !== 'one' && roots !== 'many') {
    throw new RangeError(`${name}: roots must be 'one' or 'many', got ${JSON.stringify(roots)}`);
  }
  checkSense(name, sense);
  const size = words * words;
  const sign = sense === 'maximise' ? 1 : -1;
  const width = words + 1;
  /** With many roots the symbol is a word like the others, except that it has no head. */
  const first = roots === 'many' ? 0 : 1;
  const scores = new Float64Array(width * width);
  /** At (h, m): the best span between h and m whose arc is h -> m. */
  const arcs = new Float64Array(width * width);
  /** At (h, e): the best span from h to e in which all descend from h; and the same at (e, h) for reading in rows. */
  const spans = new Float64Array(width * width);
  const spansTo = new Float64Array(width * width);
  /** At (h, m): where the two halves under that arc separate. At (h, e): the modifier of h that is nearest to e. */
  const parting = new Int32Array(width * width);
  const outermost = new Int32Array(width * width);
  /** Pairs (head, end) of spans whose arcs are still to be marked: at most two for each level, and one to split. */
  const open = new Int32Array(4 * width + 4);

  function arcAt(head: number, modifier: number): number {
    if (head === 0) return modifier - 1;
    return words + (head - 1) * (words - 1) + modifier - (modifier > head ? 2 : 1);
  }

  function read(theta: Float32Array, row: number): void {
    let at = row * size;
    for (let head = 0; head <= words; head++) {
      for (let modifier = 1; modifier <= words; modifier++) {
        if (modifier === head) continue;
        const score = sign * theta[at++]!;
        if (!(score < Infinity)) {
          if (Number.isNaN(score)) rejectNaN(name, row, `arc (${head}, ${modifier})`);
          rejectInfinity(name, sense, row, `arc (${head}, ${modifier})`);
        }
        scores[head * width + modifier] = score;
      }
    }
  }

  function joinHalves(left: number, right: number): void {
    const fromLeft = left * width;
    const fromRight = right * width + 1;
    let best = -Infinity;
    let part = left;
    for (let k = left; k < right; k++) {
      const value = spans[fromLeft + k]! + spans[fromRight + k]!;
      if (value > best) {
        best = value;
        part = k;
      }
    }
    parting[left * width + right] = part;
    parting[right * width + left] = part;
    arcs[left * width + right] = best + scores[left * width + right]!;
    arcs[right * width + left] = left === 0 ? -Infinity : best + scores[right * width + left]!;
  }

  /** The span of a head to an end on its right (from = head + 1) or its left (from = end). */
  function closeSpan(head: number, end: number, from: number, to: number): void {
    const arcsOf = head * width;
    const spansOf = end * width;
    let best = -Infinity;
    let modifier = end;
    for (let m = from; m <= to; m++) {
      const value = arcs[arcsOf + m]! + spansTo[spansOf + m]!;
      if (value > best) {
        best = value;
        modifier = m;
      }
    }
    spans[head * width + end] = best;
    spansTo[end * width + head] = best;
    outermost[head * width + end] = modifier;
  }

  function mark(z: Float32Array, start: number, head: number, end: number): void {
    let depth = 0;
    open[depth++] = head;
    open[depth++] = end;
    while (depth > 0) {
      const e = open[--depth]!;
      const h = open[--depth]!;
      if (h === e) continue;
      const m = outermost[h * width + e]!;
      const part = parting[h * width + m]!;
      z[start + arcAt(h, m)] = 1;
      const rightwards = +(m > h);
      open[depth++] = m;
      open[depth++] = e;
      open[depth++] = m;
      open[depth++] = part + rightwards;
      open[depth++] = h;
      open[depth++] = part + 1 - rightwards;
    }
  }

  /** The word attached to the root symbol, or the symbol itself where it counts as a word; -1 if there is none. */
  function bestRoot(): number {
    if (first === 0) return spans[words]! > -Infinity ? 0 : -1;
    let best = -Infinity;
    let root = -1;
    for (let word = 1; word <= words; word++) {
      const value = scores[word]! + spans[word * width + 1]! + spans[word * width + words]!;
      if (value > best) {
        best = value;
        root = word;
      }
    }
    return root;
  }

  function parse(theta: Float32Array, z: Float32Array, row: number): void {
    read(theta, row);
    for (let right = first + 1; right <= words; right++) {
      for (let left = right - 1; left >= first; left--) {
        joinHalves(left, right);
        closeSpan(left, right, left + 1, right);
        closeSpan(right, left, left, right - 1);
      }
    }
    const root = bestRoot();
    if (root < 0) rejectInfeasible(name, row, 'every tree has a masked arc; mask fewer');
    const start = row * size;
    if (root > 0) {
      z[start + arcAt(0, root)] = 1;
      mark(z, start, root, 1);
    }
    mark(z, start, root, words);
  }

  return described(
    {
      name,
      size,
      sense,
      kappa: words,
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        z.fill(0);
        for (let row = 0; row < rows; row++) parse(theta, z, row);
      },
    },
    { words, roots, sense },
  );
}
