/**
 * Solvers by name, in an entry point of their own, so that a bundle holds all solvers only if it looks them up by name.
 */

import { assignment } from './assignment/assignment.js';
import { permutation } from './assignment/permutation.js';
import { minCut } from './cut/minCut.js';
import { knapsack } from './knapsack/knapsack.js';
import { perfectMatching } from './matching/perfectMatching.js';
import { graphPath } from './path/graphPath.js';
import { gridPath } from './path/gridPath.js';
import { ranking } from './ranking/ranking.js';
import { chain } from './sequence/chain.js';
import { projectiveTree } from './sequence/projectiveTree.js';
import { segmentation } from './sequence/segmentation.js';
import type { Solver, StructureDescription } from './solver.js';
import { atMostK } from './subset/atMostK.js';
import { bernoulli } from './subset/bernoulli.js';
import { betweenK } from './subset/betweenK.js';
import { categorical } from './subset/categorical.js';
import { topK } from './subset/topK.js';
import { travellingSalesman } from './tour/travellingSalesman.js';
import { arborescence } from './tree/arborescence.js';
import { spanningTree } from './tree/spanningTree.js';

/**
 * The factories of the solvers that data can describe, by name.
 *
 * @example
 * ```ts
 * import { solverFactories } from '@aimle/solvers/structures';
 *
 * 'spanningTree' in solverFactories // => true
 * ```
 */
export const solverFactories = {
  arborescence,
  assignment,
  atMostK,
  bernoulli,
  betweenK,
  categorical,
  chain,
  graphPath,
  gridPath,
  knapsack,
  minCut,
  perfectMatching,
  permutation,
  projectiveTree,
  ranking,
  segmentation,
  spanningTree,
  topK,
  travellingSalesman,
} as const;

/**
 * Makes the solver that a description describes.
 *
 * Use it where the description comes from a file or another thread. Elsewhere call the factory, so that a bundle holds
 * one solver instead of all.
 *
 * @param description - the name of a factory and its options, as {@link descriptionOf} of `@aimle/solvers` writes them.
 * @returns a new solver with the same answers.
 * @throws RangeError when no factory has the name, or the factory rejects the options.
 *
 * @example
 * ```ts
 * import { solverOf } from '@aimle/solvers/structures';
 *
 * const saved = '{"name":"topK","options":{"size":3,"k":1}}';
 * const z = new Float32Array(3);
 * solverOf(JSON.parse(saved)).solve(Float32Array.of(1, 5, 2), z, 1);
 * Array.from(z) // => [0, 1, 0]
 * ```
 */
export function solverOf({ name, options }: StructureDescription): Solver {
  if (!Object.hasOwn(solverFactories, name)) {
    throw new RangeError(
      `solverOf: name must be one of ${Object.keys(solverFactories).join(', ')}, got ${String(name)}; ` +
        'build other solvers with their own functions',
    );
  }
  const factory = solverFactories[name as keyof typeof solverFactories] as (options: unknown) => Solver;
  return factory(options);
}
