import { arborescence, bernoulli, chain, type Distribution, permutation } from '@aimle/distributions';
import { kSubset, type StudyStructure, tree } from '../structure/structures.js';

/** A named structure: what its two sizes mean, and how it is made from them. */
export interface ComparedStructure {
  readonly name: string;
  /** What n counts, for help and messages. */
  readonly n: string;
  /** What k counts; null where the structure has no second size. */
  readonly k: string | null;
  /** The default sizes. */
  readonly defaults: { readonly n: number; readonly k: number | null };
  /** The maximum sizes. Larger ones would take minutes for an exact gradient. */
  readonly max: { readonly n: number; readonly k: number };
  make(n: number, k: number): StudyStructure;
}

const compared: readonly ComparedStructure[] = [
  {
    name: 'subset',
    n: 'items',
    k: 'items in a subset',
    defaults: { n: 10, k: 5 },
    max: { n: 1000, k: 1000 },
    make: kSubset,
  },
  {
    name: 'tree',
    n: 'vertices',
    k: null,
    defaults: { n: 5, k: null },
    max: { n: 8, k: 0 },
    make: tree,
  },
  sampled('bernoulli', { n: 'bits' }, { n: 10, k: null }, { n: 1000, k: 0 }, (size) => bernoulli({ size })),
  sampled('arborescence', { n: 'vertices' }, { n: 4, k: null }, { n: 30, k: 0 }, (vertices) =>
    arborescence({ vertices }),
  ),
  sampled('assignment', { n: 'items on either side' }, { n: 4, k: null }, { n: 7, k: 0 }, (items) =>
    permutation({ items }),
  ),
  sampled('chain', { n: 'positions', k: 'labels' }, { n: 5, k: 3 }, { n: 50, k: 10 }, (length, labels) =>
    chain({ length, labels }),
  ),
];

/**
 * Lists the structures for {@link compareEstimators}, by name. Each has a distribution, so its Gibbs gradient is
 * exact.
 *
 * @example
 * ```ts
 * import { comparedStructures } from '@aimle/gradient-study';
 *
 * Object.keys(comparedStructures).slice(0, 2); // => ['subset', 'tree']
 * comparedStructures['chain']!.make(5, 3).size; // => 51
 * ```
 */
export const comparedStructures: Readonly<Record<string, ComparedStructure>> = Object.fromEntries(
  compared.map((each) => [each.name, each]),
);

function sampled(
  name: string,
  numbers: { readonly n: string; readonly k?: string },
  defaults: ComparedStructure['defaults'],
  max: ComparedStructure['max'],
  distributionOf: (n: number, k: number) => Distribution,
): ComparedStructure {
  return {
    name,
    n: numbers.n,
    k: numbers.k ?? null,
    defaults,
    max,
    make(n, k) {
      const distribution = distributionOf(n, k);
      return {
        name: numbers.k === undefined ? `${name} ${n}` : `${name} (${n},${k})`,
        size: distribution.size,
        distribution,
        gumbelGradient: null,
      };
    },
  };
}
