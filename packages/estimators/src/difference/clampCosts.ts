import { descriptionOf, type Solver } from '@aimle/solvers';
import { describedAs } from '../layer/describe.js';
import { requireSolver, signOf } from '../layer/structure.js';

/** Settings of {@link clampCosts}. */
export interface ClampCostsOptions {
  /** The smallest cost; default 0. Scores of a maximising solver are held to at most its negative. */
  readonly minimum?: number;
}

/**
 * A solver for costs that noise or a gradient step may push below what it takes: each is raised to the minimum first.
 *
 *   minimising   solve(max(theta, minimum)),      maximising   solve(min(theta, -minimum))
 *
 * **When to use**: around `gridPath`, `graphPath` and `minCut`, whose problem is another one with negative costs, in any
 * estimator that moves theta: `aimle(clampCosts(gridPath({ height: 12, width: 12 })))`. Estimators see it as a solver of its
 * own: what they estimate is the expectation of MAP(max(theta + epsilon, minimum)), which does not change with a cost
 * that lies below the minimum by more than the noise. Among many costs of exactly 0 ties decide: a small positive minimum
 * has the shortest way win. Where costs are well above the noise it changes nothing; the multiplicative form of
 * `perturbedOptimiser` keeps signs by itself. **Cost**: one more pass over theta. Infinities stay.
 *
 * @throws RangeError when the minimum is not a finite number.
 * @example
 * ```ts
 * import { clampCosts } from '@aimle/estimators';
 * import { gridPath } from '@aimle/solvers';
 *
 * const path = clampCosts(gridPath({ height: 2, width: 2, neighbours: 4 }));
 * const z = new Float32Array(4);
 * path.solve(Float32Array.of(1, -3, 2, 1), z, 1); // as 1, 0, 2, 1
 * Array.from(z); // => [1, 1, 0, 1]
 * ```
 * @see The AIMLE authors' Warcraft code does the same with negative perturbed costs (`sanitise_weights`).
 */
export function clampCosts(solver: Solver, { minimum = 0 }: ClampCostsOptions = {}): Solver {
  const name = 'clampCosts';
  requireSolver(name, solver);
  if (!Number.isFinite(minimum)) {
    throw new RangeError(`${name}: minimum must be a finite number, got ${minimum}`);
  }
  const sign = signOf(solver);
  let costs = new Float32Array(0);
  const clamping: Solver = {
    name: solver.name,
    size: solver.size,
    sense: solver.sense,
    kappa: solver.kappa,
    solve(theta, z, rows, context) {
      if (costs.length !== theta.length) costs = new Float32Array(theta.length);
      for (let i = 0; i < theta.length; i++) {
        const value = theta[i]!;
        const beyond = sign === -1 ? value < minimum : value > -minimum;
        costs[i] = beyond && Number.isFinite(value) ? -sign * minimum : value;
      }
      solver.solve(costs, z, rows, context);
    },
  };
  const options = () => ({ minimum, solver: descriptionOf(solver) });
  return describedAs(clamping, () => ({ name: 'clampCosts', options: options() }));
}
