import type { Context } from '../solver.js';
import { contextArray } from '../validation.js';

/** Which cells paths may use, instance by instance, from `context.passable`. */
export interface Terrain {
  /** Checks the context of a batch before any of it is solved. */
  open(context: Context | undefined, rows: number): void;
  passable(row: number, cell: number): boolean;
}

export function terrain(solver: string, cells: number): Terrain {
  let given: ArrayLike<number> = [];
  return {
    open(context, rows) {
      given = contextArray(solver, context, 'passable', cells, rows);
      for (let i = 0; i < given.length; i++) {
        if (given[i] !== 0 && given[i] !== 1) {
          throw new RangeError(
            `${solver}: context.passable must hold 1 (passable) or 0 (not), ` +
              `got ${String(given[i])} in instance ${Math.floor(i / cells)} at cell ${i % cells}`,
          );
        }
      }
    },
    passable: (row, cell) => given[row * cells + cell] === 1,
  };
}
