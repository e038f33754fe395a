import { checkOptions, descriptionOf, type Solver } from '@aimle/solvers';
import { describedAs } from '../layer/describe.js';
import { declareChange } from '../layer/solvedTheta.js';
import { requireSolver, signOf } from '../layer/structure.js';

/** Settings of {@link clampCosts}. */
export interface ClampCostsOptions {
  /** The minimum cost; default 0. Scores of a maximising solver are clamped to at most its negative. */
  readonly minimum?: number;
}

/**
 * Wraps a solver so that every cost is first raised to a minimum: noise or a gradient step may push costs below what
 * the solver accepts.
 *
 *   minimising   solve(max(theta, minimum)),      maximising   solve(min(theta, -minimum))
 *
 * **When to use**: around `gridPath`, `graphPath` and `minCut`, which negative costs would turn into another problem,
 * in any estimator that moves theta: `aimle(clampCosts(gridPath({ height: 12, width: 12 })))`. The estimator then
 * estimates the expectation of MAP(max(theta + epsilon, minimum)). A cost that lies below the minimum by more than
 * the noise has no effect on it. Many costs of exactly 0 make ties: with a small positive minimum the path with the
 * fewest steps wins. Where costs are well above the noise, clamping changes nothing. The multiplicative form of
 * `perturbedOptimiser` keeps signs without it. **Cost**: one more pass over theta. Infinities stay.
 *
 * **Losses**: a structured loss of a clamped solver weighs states by the clamped costs, so it is never negative. Its
 * gradient is passed to theta as if nothing had been clamped: the derivative of clamping is 0, and training could sink
 * all costs below the minimum. So it is not convex there, and `spoPlus` need not exceed the regret.
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
export function clampCosts(solver: Solver, options: ClampCostsOptions = {}): Solver {
  const { minimum = 0 } = checkOptions('clampCosts', options, { minimum: true });
  const name = 'clampCosts';
  requireSolver(name, solver);
  if (!Number.isFinite(minimum)) {
    throw new RangeError(`${name}: minimum must be a finite number, got ${minimum}`);
  }
  const sign = signOf(solver);
  let costs = new Float32Array(0);

  function clamp(theta: Float32Array, into: Float32Array): Float32Array {
    for (let i = 0; i < theta.length; i++) {
      const value = theta[i]!;
      const beyond = sign === -1 ? value < minimum : value > -minimum;
      into[i] = beyond && Number.isFinite(value) ? -sign * minimum : value;
    }
    return into;
  }

  const clamping: Solver = {
    name: solver.name,
    size: solver.size,
    sense: solver.sense,
    kappa: solver.kappa,
    solve(theta, z, rows, context) {
      if (costs.length !== theta.length) costs = new Float32Array(theta.length);
      solver.solve(clamp(theta, costs), z, rows, context);
    },
  };
  const description = () => ({
    minimum,
    exact: 'logPartition' in solver,
    solver: descriptionOf(solver),
  });
  const declared = declareChange(clamping, solver, (theta) => clamp(theta, new Float32Array(theta.length)));
  return describedAs(declared, () => ({ name: 'clampCosts', options: description() }));
}
