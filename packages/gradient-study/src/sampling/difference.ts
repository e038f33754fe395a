import type { Solver } from '@aimle/solvers';
import type { Draws } from './draws.js';

/**
 * Computes finite differences of MAP under common noise, row by row, not divided by lambda: `forward` is
 * z - MAP(scores - lambda g), `central` is MAP(scores + lambda g) - MAP(scores - lambda g). Both together cost two
 * solves.
 */
export class Differences {
  readonly forward: Float32Array;
  readonly central: Float32Array;
  readonly #solver: Solver;
  readonly #moved: Float32Array;
  readonly #lower: Float32Array;

  constructor(solver: Solver, rows: number) {
    this.#solver = solver;
    const make = () => new Float32Array(rows * solver.size);
    this.forward = make();
    this.central = make();
    this.#moved = make();
    this.#lower = make();
  }

  /** @param lambda - maps a row to its lambda. */
  solve({ rows, scores, z, g }: Draws, lambda: (row: number) => number): this {
    const n = this.#solver.size;
    const size = rows * n;
    this.#move(scores, g, rows, (row) => -lambda(row));
    this.#solver.solve(this.#moved.subarray(0, size), this.#lower.subarray(0, size), rows);
    this.#move(scores, g, rows, lambda);
    this.#solver.solve(this.#moved.subarray(0, size), this.central.subarray(0, size), rows);
    for (let at = 0; at < size; at++) {
      this.forward[at] = z[at]! - this.#lower[at]!;
      this.central[at]! -= this.#lower[at]!;
    }
    return this;
  }

  #move(scores: Float32Array, g: Float32Array, rows: number, step: (row: number) => number): void {
    const n = this.#solver.size;
    for (let row = 0; row < rows; row++) {
      const size = step(row);
      for (let at = row * n; at < (row + 1) * n; at++) this.#moved[at] = scores[at]! + size * g[at]!;
    }
  }
}
