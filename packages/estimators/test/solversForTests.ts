import type { Sense, Solver } from '@aimle/solvers';

/** A "solver" that returns its input: through it every difference estimator must be the identity. */
export function identitySolver(size: number, sense: Sense): Solver {
  return { name: 'identity', size, sense, kappa: 1, solve: (theta, z) => z.set(theta) };
}

/** Wraps a solver and keeps a copy of every theta that it was asked about. */
export function recording(solver: Solver): Solver & { readonly asked: Float32Array[] } {
  const asked: Float32Array[] = [];
  return {
    ...solver,
    asked,
    solve: (theta, z, rows, context) => {
      asked.push(theta.slice());
      solver.solve(theta, z, rows, context);
    },
  };
}
