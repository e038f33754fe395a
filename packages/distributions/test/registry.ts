import type { Sense } from '@aimle/solvers';
import {
  arborescence,
  atMostK,
  bernoulli,
  betweenK,
  categorical,
  chain,
  type Distribution,
  enumerated,
  graphPath,
  knapsack,
  permutation,
  projectiveTree,
  segmentation,
  spanningTree,
  topK,
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
  build(sense: Sense): Distribution;
  /** By brute force, the lexicographically greatest first. */
  readonly states: readonly Uint8Array[];
  /** `'any'` where `solve` finds some best state. Default: the first one. */
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

type Build = Structure['build'];

/** A structure with the test that makes a 0/1 vector a state of it. */
function of(label: string, build: Build, isState: (z: Uint8Array) => boolean, options?: Options): Structure {
  const { name, size } = build('maximise');
  return { label: `${name} ${label}`, build, states: statesAmongAll(size, isState), ...options };
}

/** Entropies are right to 1e-16 times the square of the spread of theta. */
function tree(label: string, build: Build, states: readonly Uint8Array[], options?: Options): Structure {
  const { name } = build('maximise');
  return { label: `${name} ${label}`, build, states, accuracy: 1e-8, variance: 1e-14, ...options };
}

const diamond = [0, 1, 0, 2, 1, 2, 1, 3, 2, 3, 3, 4, 2, 4, 0, 2];
const weights = [3, 0, 2, 5, 1, 2];
const tied: Options = { ties: 'any' };

/** Every structure; one line here runs the whole battery on it. */
export const structures: readonly Structure[] = [
  of(
    'of 1 class',
    (sense) => categorical({ size: 1, sense }),
    (z) => ones(z) === 1,
  ),
  of(
    'of 5 classes',
    (sense) => categorical({ size: 5, sense }),
    (z) => ones(z) === 1,
  ),
  of(
    'of 1 bit',
    (sense) => bernoulli({ size: 1, sense }),
    () => true,
  ),
  of(
    'of 4 bits',
    (sense) => bernoulli({ size: 4, sense }),
    () => true,
  ),
  of(
    'of 1 of 1',
    (sense) => topK({ size: 1, k: 1, sense }),
    (z) => ones(z) === 1,
  ),
  of(
    'of 3 of 7',
    (sense) => topK({ size: 7, k: 3, sense }),
    (z) => ones(z) === 3,
  ),
  of(
    'of 5 of 6',
    (sense) => topK({ size: 6, k: 5, sense }),
    (z) => ones(z) === 5,
  ),
  of(
    'of 4 of 4',
    (sense) => topK({ size: 4, k: 4, sense }),
    (z) => ones(z) === 4,
  ),
  of(
    'of 0 to 2 of 5',
    (sense) => betweenK({ size: 5, low: 0, high: 2, sense }),
    (z) => ones(z) <= 2,
  ),
  of(
    'of 2 to 4 of 6',
    (sense) => betweenK({ size: 6, low: 2, high: 4, sense }),
    (z) => ones(z) >= 2 && ones(z) <= 4,
  ),
  of(
    'of at most 2 of 5',
    (sense) => atMostK({ size: 5, k: 2, sense }),
    (z) => ones(z) <= 2,
  ),
  of(
    'of 0 to 4 of 4',
    (sense) => betweenK({ size: 4, low: 0, high: 4, sense }),
    () => true,
  ),
  of(
    'of 6 items',
    (sense) => knapsack({ weights, capacity: 6, sense }),
    (z) => z.reduce((sum, one, i) => sum + one * weights[i]!, 0) <= 6,
  ),
  of(
    'with capacity 0',
    (sense) => knapsack({ weights: [1, 0], capacity: 0, sense }),
    (z) => z[0] === 0,
  ),
  of(
    'of 1 position',
    (sense) => chain({ length: 1, labels: 3, sense }),
    (z) => isChain(z, 1, 3),
  ),
  of(
    'of 3 positions',
    (sense) => chain({ length: 3, labels: 2, sense }),
    (z) => isChain(z, 3, 2),
  ),
  of(
    'of 5 positions, 1 label',
    (sense) => chain({ length: 5, labels: 1, sense }),
    (z) => isChain(z, 5, 1),
  ),
  of(
    'of 2 positions, 3 labels',
    (sense) => chain({ length: 2, labels: 3, sense }),
    (z) => isChain(z, 2, 3),
  ),
  of(
    'of 5',
    (sense) => segmentation({ length: 5, maxLength: 3, labels: 1, sense }),
    (z) => isSegmentation(z, 5, 3, 1, false),
  ),
  of(
    'of 3, 2 labels',
    (sense) => segmentation({ length: 3, maxLength: 3, labels: 2, sense }),
    (z) => isSegmentation(z, 3, 3, 2, false),
  ),
  of(
    'of 3, transitions',
    (sense) => segmentation({ length: 3, maxLength: 2, labels: 2, transitions: true, sense }),
    (z) => isSegmentation(z, 3, 2, 2, true),
  ),
  of(
    'of 1 word',
    (sense) => projectiveTree({ words: 1, sense }),
    (z) => isProjectiveTree(z, 1, 'one'),
    tied,
  ),
  of(
    'of 3 words',
    (sense) => projectiveTree({ words: 3, sense }),
    (z) => isProjectiveTree(z, 3, 'one'),
    tied,
  ),
  of(
    'of 4 words',
    (sense) => projectiveTree({ words: 4, sense }),
    (z) => isProjectiveTree(z, 4, 'one'),
    tied,
  ),
  of(
    'of 4 words, many roots',
    (sense) => projectiveTree({ words: 4, roots: 'many', sense }),
    (z) => isProjectiveTree(z, 4, 'many'),
    tied,
  ),
  of(
    'in a lattice',
    (sense) => graphPath({ vertices: 6, edges: diamond, from: 0, to: 4, acyclic: true, sense }),
    (z) => isPath(z, diamond, 0, 4),
    tied,
  ),
  of(
    'through part of a lattice',
    (sense) => graphPath({ vertices: 6, edges: diamond, from: 1, to: 3, acyclic: true, sense }),
    (z) => isPath(z, diamond, 1, 3),
    tied,
  ),
  of(
    'to where they begin',
    (sense) => graphPath({ vertices: 6, edges: diamond, from: 2, to: 2, acyclic: true, sense }),
    (z) => isPath(z, diamond, 2, 2),
    tied,
  ),
  of(
    'of 3 items',
    (sense) => permutation({ items: 3, sense }),
    (z) => isPermutation(z, 3),
  ),
  of(
    'of 1 item',
    (sense) => permutation({ items: 1, sense }),
    (z) => isPermutation(z, 1),
  ),
  of(
    '',
    (sense) =>
      enumerated({
        name: 'even',
        size: 5,
        states: statesAmongAll(5, (z) => ones(z) % 2 === 0).reverse(),
        sense,
      }),
    (z) => ones(z) % 2 === 0,
  ),
  tree(
    'of 4 vertices',
    (sense) => spanningTree({ vertices: 4, sense }),
    treesOf(4, completeEdges(4, false), false),
  ),
  tree(
    'of 5 vertices',
    (sense) => spanningTree({ vertices: 5, sense }),
    treesOf(5, completeEdges(5, false), false),
  ),
  tree(
    'of 3 vertices',
    (sense) => arborescence({ vertices: 3, sense }),
    treesOf(3, completeEdges(3, true), true),
    tied,
  ),
  tree(
    'of 4 vertices from 1',
    (sense) => arborescence({ vertices: 4, root: 1, sense }),
    treesOf(4, completeEdges(4, true), true, 1),
    tied,
  ),
];
