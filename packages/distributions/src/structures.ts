/**
 * Distributions by name, in an entry point of their own, so that a bundle holds all distributions only if it looks them
 * up by name.
 */
import type { StructureDescription } from '@aimle/solvers';
import type { Distribution } from './distribution.js';
import { categorical } from './enumeration/categorical.js';
import { enumerated } from './enumeration/enumerated.js';
import { permutation } from './enumeration/permutation.js';
import { bernoulli } from './independent/bernoulli.js';
import { knapsack } from './knapsack/knapsack.js';
import { graphPath } from './path/graphPath.js';
import { chain } from './sequence/chain.js';
import { projectiveTree } from './sequence/projectiveTree.js';
import { segmentation } from './sequence/segmentation.js';
import { atMostK } from './subset/atMostK.js';
import { betweenK } from './subset/betweenK.js';
import { topK } from './subset/topK.js';
import { arborescence } from './tree/arborescence.js';
import { spanningTree } from './tree/spanningTree.js';

/**
 * The factories of the distributions, by name: the same names as the solvers over the same states, and `enumerated`.
 *
 * @example
 * ```ts
 * import { distributionFactories } from '@aimle/distributions/structures';
 *
 * 'spanningTree' in distributionFactories // => true
 * ```
 */
export const distributionFactories = {
  arborescence,
  atMostK,
  bernoulli,
  betweenK,
  categorical,
  chain,
  enumerated,
  graphPath,
  knapsack,
  permutation,
  projectiveTree,
  segmentation,
  spanningTree,
  topK,
} as const;

/**
 * Makes the distribution that a description describes. The description of a solver works as well.
 *
 * Use it where the description comes from a file or another thread. Elsewhere call the factory, so that a bundle holds
 * one distribution instead of all.
 *
 * @param description - the name of a factory and its options, as `descriptionOf` of `@aimle/solvers` writes them.
 * @returns a new distribution with the same answers.
 * @throws RangeError when no factory has the name, or the factory rejects the options.
 *
 * @example
 * ```ts
 * import { distributionOf } from '@aimle/distributions/structures';
 * import { descriptionOf, topK } from '@aimle/solvers';
 *
 * const saved = JSON.stringify(descriptionOf(topK({ size: 4, k: 2 })));
 * distributionOf(JSON.parse(saved)).marginals(new Float64Array(4)) // => [0.5, 0.5, 0.5, 0.5]
 * ```
 */
export function distributionOf({ name, options }: StructureDescription): Distribution {
  if (!Object.hasOwn(distributionFactories, name)) {
    throw new RangeError(
      `distributionOf: name must be one of ${Object.keys(distributionFactories).join(', ')}, got ${String(name)}; ` +
        'for a structure without a distribution use solverOf of @aimle/solvers/structures',
    );
  }
  const factory = distributionFactories[name as keyof typeof distributionFactories] as (
    options: unknown,
  ) => Distribution;
  return factory(options);
}
