import type { Context } from '@aimle/solvers';
import type { Layout } from './layout.js';

type NumberArray = Float32Array | Float64Array | Int32Array | number[];

/** Writes each instance's part of `from` to all of its rows: row (b, s, e) gets the part of instance (b, e). */
export function repeatRows<T extends NumberArray>(from: ArrayLike<number>, layout: Layout, into: T): T {
  const { batch, samples, events, instances } = layout;
  const block = instances === 0 ? 0 : (from.length / instances) * events;
  for (let b = 0, at = 0; b < batch; b++) {
    for (let s = 0; s < samples; s++) for (let i = 0; i < block; i++) into[at++] = from[b * block + i]!;
  }
  return into;
}

/** Repeats theta for each of its rows. */
export function forRows(theta: Float32Array, layout: Layout): Float32Array {
  if (layout.samples === 1) return theta;
  return repeatRows(theta, layout, new Float32Array(layout.rows * layout.size));
}

/** Sums over the samples of each instance: rows * width numbers in, instances * width out. */
export function sumOfSamples(
  rows: Float32Array | Float64Array,
  { batch, samples, events, size }: Layout,
): Float64Array {
  const block = events * size;
  const total = new Float64Array(batch * block);
  for (let b = 0, at = 0; b < batch; b++) {
    for (let s = 0; s < samples; s++) for (let i = 0; i < block; i++) total[b * block + i]! += rows[at++]!;
  }
  return total;
}

/** Repeats a context of instances for all rows of their samples. Its arrays are kept from call to call. */
export class RowContext {
  readonly #arrays = new Map<string, NumberArray>();

  /** Returns the context of all rows. It reuses the arrays of the last call, and keeps the types of the given ones. */
  of(solver: string, context: Context | undefined, layout: Layout): Context | undefined {
    if (context === undefined || layout.samples === 1) return context;
    return Object.fromEntries(
      Object.entries(context).map(([name, array]) => {
        if (array.length % Math.max(layout.instances, 1) !== 0) {
          throw new RangeError(
            `${solver}: context.${name} must have the same count of numbers for each of ${layout.instances} instances, got ` +
              `${array.length} in all; pass it per instance, not per sample`,
          );
        }
        return [name, repeatRows(array, layout, this.#take(name, array, array.length * layout.samples))];
      }),
    );
  }

  #take(name: string, like: ArrayLike<number>, length: number): NumberArray {
    const kept = this.#arrays.get(name);
    if (kept?.length === length && kept.constructor === like.constructor) return kept;
    const type = (Array.isArray(like) ? Array : like.constructor) as new (length: number) => NumberArray;
    const fresh = new type(length);
    this.#arrays.set(name, fresh);
    return fresh;
  }
}
