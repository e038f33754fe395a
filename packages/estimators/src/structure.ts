import type { Distribution } from '@aimle/distributions';
import type { Solver } from '@aimle/solvers';

/**
 * What an estimator can be built on: a solver, which finds the best state, or a distribution, which finds it too and
 * knows the others. Wherever a solver is asked for, a distribution will do: its mode is the solution, and it maximises.
 *
 * @example
 * ```ts
 * import { subsets } from '@aimle/distributions';
 * import { aimle, type Structure } from '@aimle/estimators';
 * import { topK } from '@aimle/solvers';
 *
 * const either: Structure[] = [topK({ size: 4, k: 2 }), subsets({ size: 4, k: 2 })];
 * either.map((structure) => aimle(structure).solver.name); // => ['topK', 'subsets']
 * ```
 */
export type Structure = Solver | Distribution;

/** The solver of a structure; throws for what is neither a solver nor a distribution. */
export function solverOf(name: string, structure: Structure): Solver {
  if (isSolver(structure)) return structure;
  if (isDistribution(structure)) return modeSolver(structure);
  throw new TypeError(
    `${name}: needs a solver, such as topK({ size, k }) of @aimle/solvers, or a distribution, such as ` +
      `subsets({ size, k }) of @aimle/distributions, got ${String(structure)}`,
  );
}

/** The distribution that was given; of a solver, throws with the name of the distribution of the same structure. */
export function distributionOf(name: string, structure: Structure): Distribution {
  if (isDistribution(structure)) return structure;
  const needs = `${name}: needs a distribution, which can sample and has probabilities`;
  if (!isSolver(structure)) {
    throw new TypeError(
      `${needs}, such as subsets({ size, k }) of @aimle/distributions, got ${String(structure)}`,
    );
  }
  const known = distributions.get(structure.name);
  const costs = structure.sense === 'minimise' ? '. Its theta holds scores: negate costs' : '';
  throw new RangeError(
    known === undefined
      ? `${needs}, got the solver ${structure.name}, for which there is none. A structure of few states is ` +
          `enumerated({ name, size, states }) of @aimle/distributions; others take aimle, which needs a solver only`
      : `${needs}, got the solver ${structure.name}; for the same states there is ${known} of ` +
          `@aimle/distributions${costs}`,
  );
}

/** Which distribution has the states of a solver, by the solver's name. */
const distributions: ReadonlyMap<string, string> = new Map([
  ['categorical', 'categoricals({ size })'],
  ['bernoulli', 'bernoullis({ size })'],
  ['topK', 'subsets({ size, k })'],
  ['atMostK', 'subsetsBetween({ size, low: 0, high: k })'],
  ['betweenK', 'subsetsBetween({ size, low, high })'],
  ['knapsack', 'knapsacks({ weights, capacity })'],
  ['chain', 'chains({ length, labels })'],
  ['segmentation', 'segmentations({ length, maxLength, labels })'],
  ['projectiveTree', 'projectiveTrees({ words })'],
  ['graphPath', 'dagPaths({ vertices, edges, from, to })'],
  ['spanningTree', 'spanningTrees({ vertices })'],
  ['arborescence', 'arborescences({ vertices })'],
  ['permutation', 'permutations({ items })'],
]);

function isSolver(structure: unknown): structure is Solver {
  return typeof structure === 'object' && structure !== null && 'solve' in structure;
}

function isDistribution(structure: unknown): structure is Distribution {
  return typeof structure === 'object' && structure !== null && 'logPartition' in structure;
}

/** Finds the mode. Like the distribution, it is for one thread. */
function modeSolver(distribution: Distribution): Solver {
  const { name, size, kappa } = distribution;
  return {
    name,
    size,
    kappa,
    sense: 'maximise',
    solve: (theta, z) => z.set(distribution.mode(theta)),
  };
}
