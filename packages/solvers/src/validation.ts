import type { Context, Sense } from './solver.js';

export function checkInteger(solver: string, name: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    const range = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `in [${low}, ${high}]`;
    throw new RangeError(`${solver}: ${name} must be an integer ${range}, got ${String(value)}`);
  }
}

export function checkSense(solver: string, sense: Sense): void {
  if (sense !== 'maximise' && sense !== 'minimise') {
    throw new RangeError(`${solver}: sense must be 'maximise' or 'minimise', got ${JSON.stringify(sense)}`);
  }
}

/** Checks the arrays before the hot loop, which then needs no bounds checks. */
export function checkBatch(
  solver: string,
  size: number,
  theta: Float32Array,
  z: Float32Array,
  rows: number,
): void {
  checkInteger(solver, 'rows', rows, 0, Number.MAX_SAFE_INTEGER);
  checkArray(solver, 'theta', theta, size, rows);
  checkArray(solver, 'z', z, size, rows);
  if (overlap(theta, z)) {
    throw new RangeError(
      `${solver}: theta and z must not share memory, got overlapping arrays; give z its own`,
    );
  }
}

/** Throws from inside the main pass of a solver, so that finding a NaN costs no separate pass. */
export function rejectNaN(solver: string, instance: number, element: string): never {
  throw new RangeError(
    `${solver}: theta must hold numbers, got NaN in instance ${instance} at ${element}; ` +
      'look for a diverged loss, or 0/0 or log of a negative number upstream',
  );
}

/** Throws from inside the main pass as well: only structures that always have an answer accept this infinity. */
export function rejectInfinity(solver: string, sense: Sense, instance: number, element: string): never {
  const [wrong, mask] = sense === 'maximise' ? ['Infinity', '-Infinity'] : ['-Infinity', 'Infinity'];
  throw new RangeError(
    `${solver}: theta must be finite, or ${mask} to forbid an element, got ${wrong} in instance ${instance} at ${element}`,
  );
}

/**
 * Throws an error for a cost that a main pass has found invalid: NaN, the infinity that is not a mask, or negative.
 * `cost` is theta when minimising, and -theta when maximising.
 */
export function rejectCost(
  solver: string,
  sense: Sense,
  cost: number,
  instance: number,
  element: string,
  remedy = 'clip theta at 0, noise included',
): never {
  if (Number.isNaN(cost)) rejectNaN(solver, instance, element);
  if (cost === -Infinity) rejectInfinity(solver, sense, instance, element);
  const wanted = sense === 'minimise' ? 'costs of at least 0' : 'scores of at most 0, costs negated';
  throw new RangeError(
    `${solver}: theta must hold ${wanted}, got ${sense === 'minimise' ? cost : -cost} ` +
      `in instance ${instance} at ${element}; ${remedy}`,
  );
}

/** Throws for an instance without any state; `reason` says what is missing and what to do. */
export function rejectInfeasible(solver: string, instance: number, reason: string): never {
  throw new RangeError(`${solver}: instance ${instance} has no solution: ${reason}`);
}

/** Returns the context array of that name for the whole batch, with `perInstance` numbers per instance. */
export function contextArray(
  solver: string,
  context: Context | undefined,
  name: string,
  perInstance: number,
  rows: number,
): ArrayLike<number> {
  const array = context?.[name] ?? (rows === 0 ? [] : undefined);
  if (array === undefined) {
    throw new RangeError(
      `${solver}: context.${name} must have rows * ${perInstance} = ${rows * perInstance} numbers, got none; ` +
        `pass { ${name}: ... } as the context`,
    );
  }
  if (array.length !== rows * perInstance) {
    throw new RangeError(
      `${solver}: context.${name} must have rows * ${perInstance} = ${rows * perInstance} numbers, got ${array.length}`,
    );
  }
  return array;
}

function checkArray(solver: string, name: string, array: Float32Array, size: number, rows: number): void {
  if (!(array instanceof Float32Array)) {
    throw new TypeError(`${solver}: ${name} must be a Float32Array, got ${kindOf(array)}`);
  }
  if (array.length !== rows * size) {
    throw new RangeError(
      `${solver}: ${name} must have rows * size = ${rows} * ${size} = ${rows * size} elements, got ${array.length}; ` +
        'pass a subarray if it is longer',
    );
  }
}

function overlap(a: Float32Array, b: Float32Array): boolean {
  return (
    a.buffer === b.buffer &&
    a.byteOffset < b.byteOffset + b.byteLength &&
    b.byteOffset < a.byteOffset + a.byteLength
  );
}

function kindOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : String(value);
}
