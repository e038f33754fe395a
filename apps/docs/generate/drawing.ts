import type { Solver } from '@aimle/solvers';

/** A length in a drawing; finer is not visible. */
export function rounded(length: number): string {
  return String(Math.round(length * 10) / 10);
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** The best states of some instances. */
export function solved(solver: Solver, theta: ArrayLike<number>, rows = 1): Float32Array {
  const z = new Float32Array(rows * solver.size);
  solver.solve(Float32Array.from(theta), z, rows);
  return z;
}

/** The items that a state takes, by their letters. */
export function letters(z: ArrayLike<number>, between: string): string {
  return [...'abcd'].filter((_, item) => z[item] === 1).join(between);
}

/** All pairs of vertices, in the order of the spanning-tree solver's edges. */
export function allPairs(vertices: number): [number, number][] {
  return Array.from({ length: vertices }, (_, u) =>
    Array.from({ length: vertices - u - 1 }, (_, i): [number, number] => [u, u + 1 + i]),
  ).flat();
}
