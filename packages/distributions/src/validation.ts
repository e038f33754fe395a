import type { FloatArray } from './distribution.js';

/** Returns the number of instances in an array, which must be as many as in `like` if that is given. */
export function instancesIn(
  name: string,
  label: string,
  array: FloatArray,
  size: number,
  like?: FloatArray,
): number {
  if (!(array instanceof Float32Array || array instanceof Float64Array)) {
    throw new TypeError(`${name}: ${label} must be a Float32Array or a Float64Array, got ${kindOf(array)}`);
  }
  if (like && array.length !== like.length) {
    throw new RangeError(
      `${name}: ${label} must have as many numbers as theta, ${like.length}, got ${array.length}`,
    );
  }
  if (array.length % size !== 0) {
    throw new RangeError(
      `${name}: ${label} must have a multiple of size = ${size} numbers, one instance after the other, got ${array.length}`,
    );
  }
  return array.length / size;
}

export function checkOut(
  name: string,
  out: Float64Array | undefined,
  length: number,
  theta: FloatArray,
): Float64Array {
  if (out === undefined) return new Float64Array(length);
  if (!(out instanceof Float64Array)) {
    throw new TypeError(`${name}: out must be a Float64Array, got ${kindOf(out)}`);
  }
  if (out.length !== length) {
    throw new RangeError(`${name}: out must have ${length} elements, got ${out.length}`);
  }
  if (out.buffer === theta.buffer) {
    throw new RangeError(`${name}: out and theta must not share memory, got the same buffer`);
  }
  return out;
}

export function rejectValue(
  name: string,
  label: string,
  value: number,
  instance: number,
  element: number,
  mask = -Infinity,
): never {
  const rule = label === 'v' ? 'be finite' : `be finite, or ${mask} to forbid an element`;
  throw new RangeError(
    `${name}: ${label} must ${rule}, got ${value} in instance ${instance} at element ${element}`,
  );
}

export function rejectInfeasible(name: string, instance: number): never {
  throw new RangeError(
    `${name}: instance ${instance} has no state: every one has a forbidden element; forbid fewer`,
  );
}

export function rejectSpread(name: string, instance: number, theta: Float64Array): never {
  const finite = theta.filter(Number.isFinite);
  const spread = finite.reduce((a, b) => Math.max(a, b)) - finite.reduce((a, b) => Math.min(a, b));
  throw new RangeError(
    `${name}: theta of instance ${instance} must not spread so far that double precision has no digits left, got ` +
      `numbers ${spread} apart; scale it down, or forbid elements with an infinity`,
  );
}

export function checkInteger(name: string, label: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    const range = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `in [${low}, ${high}]`;
    throw new RangeError(`${name}: ${label} must be an integer ${range}, got ${String(value)}`);
  }
}

function kindOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? value.constructor.name : String(value);
}
