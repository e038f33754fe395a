import {
  checkOptions,
  type ProjectiveTreeOptions,
  projectiveTree as projectiveTreeSolver,
} from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { type Hypergraph, HypergraphBuilder, NOTHING } from '../hypergraph/hypergraph.js';
import { hypergraphInference } from '../hypergraph/hypergraphInference.js';
import { checkInteger } from '../validation.js';

/**
 * Builds the distribution of dependency trees of a sentence without crossing arcs: p(z) is proportional to exp <theta,
 * z> over the sets of arcs head -> modifier that give each word 1..words one head, another word or the root symbol 0,
 * without a cycle, such that every word between two ends of an arc descends from its head.
 *
 * theta is laid out as for the solver: words^2 arcs, by head, then modifier, without those from a word to itself.
 *
 * Use it for syntax, or for any nesting of a sequence, by likelihood or in expectation; for trees whose arcs may cross,
 * use {@link arborescence}. Exact, at any range of theta. Cost: O(words^3) per instance, times m log m for `topStates`;
 * about 30 words^3 bytes of memory, 4 GB at 500 words.
 *
 * @param options - the number of words, at most 500 here, how many are attached to the root symbol, and the sense.
 * @returns the distribution, with `kappa` = words.
 * @throws RangeError when words, roots or sense is out of range.
 *
 * Source: J. Eisner, "Three new probabilistic models for dependency parsing", COLING 1996; the same spans, with the arc
 * and the span that it closes in one step.
 *
 * @example
 * ```ts
 * import { projectiveTree } from '@aimle/distributions';
 *
 * // Arcs (0,1), (0,2), (1,2), (2,1): word 1 is attached to the root and word 2 to word 1, or vice versa.
 * const trees = projectiveTree({ words: 2 });
 * const theta = Float64Array.of(Math.log(3), 0, 0, 0);
 * Array.from(trees.marginals(theta), (mu) => mu.toFixed(2)) // => ['0.75', '0.25', '0.75', '0.25']
 * ```
 */
export function projectiveTree(options: ProjectiveTreeOptions): RankedDistribution {
  checkOptions('projectiveTree', options, { words: true, roots: true, sense: true });
  const { words, roots = 'one' } = options;
  const name = 'projectiveTree';
  checkInteger(name, 'words', words, 1, 500);
  return assemble(hypergraphInference(projectiveTreeSolver(options), treeGraph(name, words, roots)));
}

/**
 * Builds the hypergraph. It has two kinds of nodes: a span from a head to its furthest descendant on one side, and the
 * gap under an arc, two spans that face each other. A span takes the arc to its outermost modifier m: the gap under the
 * arc, then the span from m on.
 */
function treeGraph(name: string, words: number, roots: 'one' | 'many'): Hypergraph {
  const builder = new HypergraphBuilder(name, words * words);
  const width = words + 1;
  /** At (h, e): the span from h to e; NOTHING from a word to itself. */
  const span = new Int32Array(width * width).fill(NOTHING);
  /** At (i, j), i < j. NOTHING between neighbours. */
  const gap = new Int32Array(width * width).fill(NOTHING);
  const arc = (head: number, modifier: number): number =>
    head === 0 ? modifier - 1 : words + (head - 1) * (words - 1) + modifier - (modifier > head ? 2 : 1);

  // With many roots the symbol is a word like the others, except that it has no head.
  const first = roots === 'many' ? 0 : 1;
  for (let length = 1; length <= words - first; length++) {
    for (let i = first; i + length <= words; i++) {
      const j = i + length;
      if (length > 1) {
        for (let q = i; q < j; q++) builder.edge(undefined, span[i * width + q]!, span[j * width + q + 1]!);
        gap[i * width + j] = builder.node();
      }
      for (let m = i + 1; m <= j; m++) builder.edge(arc(i, m), gap[i * width + m]!, span[m * width + j]!);
      span[i * width + j] = builder.node();
      if (i === 0) continue;
      for (let m = i; m < j; m++) builder.edge(arc(j, m), gap[m * width + j]!, span[m * width + i]!);
      span[j * width + i] = builder.node();
    }
  }
  if (roots === 'one') {
    for (let m = 1; m <= words; m++) builder.edge(arc(0, m), span[m * width + 1]!, span[m * width + words]!);
    builder.node();
  }
  return builder.build();
}
