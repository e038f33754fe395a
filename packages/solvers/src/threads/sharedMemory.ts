import type { Context } from '../solver.js';

/** Numbers that several threads see. */
export function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}

/** A copy of a context that several threads see. */
export function sharedContext(context: Context | undefined): SharedContext | undefined {
  if (context === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(context).map(([name, array]) => {
      const shared = new Float64Array(new SharedArrayBuffer(array.length * Float64Array.BYTES_PER_ELEMENT));
      shared.set(array);
      return [name, shared];
    }),
  );
}

/** A context in shared memory. */
export type SharedContext = Readonly<Record<string, Float64Array>>;

/** The part of a context that belongs to some rows out of all. */
export function contextOf(
  context: SharedContext | undefined,
  from: number,
  to: number,
  rows: number,
): SharedContext | undefined {
  if (context === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(context).map(([name, array]) => {
      const perInstance = array.length / rows;
      return [name, array.subarray(from * perInstance, to * perInstance)];
    }),
  );
}
