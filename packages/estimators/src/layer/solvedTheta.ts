import type { Solver } from '@aimle/solvers';

/**
 * The property by which a wrapper that changes theta says what its solver receives. It is enumerable, so that a copy of
 * the wrapper changes theta the same way and says so.
 */
const change = Symbol('solvedTheta');

interface Changing extends Solver {
  readonly [change]?: (theta: Float32Array) => Float32Array;
}

/** Declares that a wrapper of `inner` solves for `changed(theta)` instead of theta. */
export function declareChange(
  wrapper: Solver,
  inner: Solver,
  changed: (theta: Float32Array) => Float32Array,
): Solver {
  const changing: Changing = { ...wrapper, [change]: (theta) => solvedTheta(inner, changed(theta)) };
  return changing;
}

/**
 * Returns the theta for which a solver's states are the best: what its wrappers make of the given one. Whoever weighs
 * states needs this theta, since the best state for it may not be the best for the given one.
 */
export function solvedTheta(solver: Solver, theta: Float32Array): Float32Array {
  return (solver as Changing)[change]?.(theta) ?? theta;
}
