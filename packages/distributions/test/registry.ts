import {
  arborescences,
  bernoullis,
  categoricals,
  chains,
  type Distribution,
  dagPaths,
  enumerated,
  knapsacks,
  permutations,
  projectiveTrees,
  segmentations,
  spanningTrees,
  subsets,
  subsetsBetween,
} from '../src/index.js';
import {
  isChain,
  isPath,
  isPermutation,
  isProjectiveTree,
  isSegmentation,
  ones,
  statesAmongAll,
} from './bruteForce.js';
import { completeEdges, treesOf } from './treeOracle.js';

/** A structure of a size that enumeration reaches. */
export interface Structure {
  readonly label: string;
  readonly distribution: Distribution;
  /** By brute force, the lexicographically greatest first. */
  readonly states: readonly Uint8Array[];
  /** `'any'` where the mode is some best state. Default: the first one. */
  readonly ties?: 'first' | 'any';
  /** The accuracy promised, relative: see the battery. Default: 1e-12. */
  readonly accuracy?: number;
  /**
   * The absolute accuracy of a variance, where divergences between logits that are close are integrals of variances: the
   * square of what the logits differ by times this is promised, and no more. Default: 0, sums of positive terms.
   */
  readonly variance?: number;
}

type Options = Pick<Structure, 'ties' | 'accuracy' | 'variance'>;

/** A structure with the test that makes a 0/1 vector a state of it. */
function of(
  label: string,
  distribution: Distribution,
  isState: (z: Uint8Array) => boolean,
  options?: Options,
): Structure {
  const states = statesAmongAll(distribution.size, isState);
  return { label: `${distribution.name} ${label}`, distribution, states, ...options };
}

/** Entropies are right to 1e-16 times the square of the spread of theta. */
function tree(
  label: string,
  distribution: Distribution,
  states: readonly Uint8Array[],
  options?: Options,
): Structure {
  return {
    label: `${distribution.name} ${label}`,
    distribution,
    states,
    accuracy: 1e-8,
    variance: 1e-14,

    ...options,
  };
}

const diamond = [0, 1, 0, 2, 1, 2, 1, 3, 2, 3, 3, 4, 2, 4, 0, 2];
const weights = [3, 0, 2, 5, 1, 2];
const tied: Options = { ties: 'any' };

/** Every structure there is; one line here puts it to the whole battery. */
export const structures: readonly Structure[] = [
  of('of 1 class', categoricals({ size: 1 }), (z) => ones(z) === 1),
  of('of 5 classes', categoricals({ size: 5 }), (z) => ones(z) === 1),
  of('of 1 bit', bernoullis({ size: 1 }), () => true),
  of('of 4 bits', bernoullis({ size: 4 }), () => true),
  of('of 1 of 1', subsets({ size: 1, k: 1 }), (z) => ones(z) === 1),
  of('of 3 of 7', subsets({ size: 7, k: 3 }), (z) => ones(z) === 3),
  of('of 5 of 6', subsets({ size: 6, k: 5 }), (z) => ones(z) === 5),
  of('of 4 of 4', subsets({ size: 4, k: 4 }), (z) => ones(z) === 4),
  of('of 0 to 2 of 5', subsetsBetween({ size: 5, low: 0, high: 2 }), (z) => ones(z) <= 2),
  of('of 2 to 4 of 6', subsetsBetween({ size: 6, low: 2, high: 4 }), (z) => ones(z) >= 2 && ones(z) <= 4),
  of('of 0 to 4 of 4', subsetsBetween({ size: 4, low: 0, high: 4 }), () => true),
  of(
    'of 6 items',
    knapsacks({ weights, capacity: 6 }),
    (z) => z.reduce((sum, one, i) => sum + one * weights[i]!, 0) <= 6,
  ),
  of('without room', knapsacks({ weights: [1, 0], capacity: 0 }), (z) => z[0] === 0),
  of('of 1 position', chains({ length: 1, labels: 3 }), (z) => isChain(z, 1, 3)),
  of('of 3 positions', chains({ length: 3, labels: 2 }), (z) => isChain(z, 3, 2)),
  of('of 5 positions, 1 label', chains({ length: 5, labels: 1 }), (z) => isChain(z, 5, 1)),
  of('of 2 positions, 3 labels', chains({ length: 2, labels: 3 }), (z) => isChain(z, 2, 3)),
  of('of 5', segmentations({ length: 5, maxLength: 3, labels: 1 }), (z) => isSegmentation(z, 5, 3, 1, false)),
  of('of 3, 2 labels', segmentations({ length: 3, maxLength: 3, labels: 2 }), (z) =>
    isSegmentation(z, 3, 3, 2, false),
  ),
  of('of 3, transitions', segmentations({ length: 3, maxLength: 2, labels: 2, transitions: true }), (z) =>
    isSegmentation(z, 3, 2, 2, true),
  ),
  of('of 1 word', projectiveTrees({ words: 1 }), (z) => isProjectiveTree(z, 1, 'one'), tied),
  of('of 3 words', projectiveTrees({ words: 3 }), (z) => isProjectiveTree(z, 3, 'one'), tied),
  of('of 4 words', projectiveTrees({ words: 4 }), (z) => isProjectiveTree(z, 4, 'one'), tied),
  of(
    'of 4 words, many roots',
    projectiveTrees({ words: 4, roots: 'many' }),
    (z) => isProjectiveTree(z, 4, 'many'),
    tied,
  ),
  of(
    'in a lattice',
    dagPaths({ vertices: 6, edges: diamond, from: 0, to: 4 }),
    (z) => isPath(z, diamond, 0, 4),
    tied,
  ),
  of(
    'through part of a lattice',
    dagPaths({ vertices: 6, edges: diamond, from: 1, to: 3 }),
    (z) => isPath(z, diamond, 1, 3),
    tied,
  ),
  of(
    'to where they begin',
    dagPaths({ vertices: 6, edges: diamond, from: 2, to: 2 }),
    (z) => isPath(z, diamond, 2, 2),
    tied,
  ),
  of('of 3 items', permutations({ items: 3 }), (z) => isPermutation(z, 3)),
  of('of 1 item', permutations({ items: 1 }), (z) => isPermutation(z, 1)),
  of(
    '',
    enumerated({ name: 'even', size: 5, states: statesAmongAll(5, (z) => ones(z) % 2 === 0).reverse() }),
    (z) => ones(z) % 2 === 0,
  ),
  tree('of 4 vertices', spanningTrees({ vertices: 4 }), treesOf(4, completeEdges(4, false), false)),
  tree('of 5 vertices', spanningTrees({ vertices: 5 }), treesOf(5, completeEdges(5, false), false)),
  tree('of 3 vertices', arborescences({ vertices: 3 }), treesOf(3, completeEdges(3, true), true), tied),
  tree(
    'of 4 vertices from 1',
    arborescences({ vertices: 4, root: 1 }),
    treesOf(4, completeEdges(4, true), true, 1),
    tied,
  ),
];
