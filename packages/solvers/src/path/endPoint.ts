import type { Context } from '../solver.js';
import { checkInteger, contextArray } from '../validation.js';

/** Where the paths of a batch begin or end: the same vertex for all, or one per instance from the context. */
export interface EndPoint {
  /** Checks the context of a batch before any of it is solved. */
  open(context: Context | undefined, rows: number): void;
  /** The vertex of an instance. */
  of(row: number): number;
}

/** `what` names the vertices in messages: cells or vertices. */
export function endPoint(
  solver: string,
  option: 'from' | 'to',
  declared: number | 'context',
  vertices: number,
  what: string,
): EndPoint {
  if (declared !== 'context') {
    checkInteger(solver, option, declared, 0, vertices - 1);
    return { open: () => undefined, of: () => declared };
  }
  let given: ArrayLike<number> = [];
  return {
    open(context, rows) {
      given = contextArray(solver, context, option, 1, rows);
      for (let row = 0; row < rows; row++) {
        const vertex = given[row]!;
        if (!Number.isInteger(vertex) || vertex < 0 || vertex >= vertices) {
          throw new RangeError(
            `${solver}: context.${option} must hold ${what}, integers in [0, ${vertices - 1}], ` +
              `got ${String(vertex)} in instance ${row}`,
          );
        }
      }
    },
    of: (row) => given[row]!,
  };
}
