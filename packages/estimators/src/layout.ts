import type { Solver } from '@aimle/solvers';

/**
 * How theta [B, ..., n] and z [B, S, ..., n] lie in memory. An instance is one problem for the solver: theta has
 * B times E of them (E: the product of the axes between), z has S rows for each. Row (b, s, e) is
 * (b S + s) E + e; instance (b, e) is b E + e.
 */
export interface Layout {
  readonly batch: number;
  readonly samples: number;
  readonly events: number;
  readonly size: number;
  readonly instances: number;
  readonly rows: number;
  /** Shape of z. */
  readonly shape: number[];
}

/** Reads the layout off theta's shape and says what is wrong with it, if anything. */
export function layoutOf(name: string, solver: Solver, shape: readonly number[], samples: number): Layout {
  const size = shape.at(-1);
  if (size !== solver.size) {
    throw new RangeError(
      `${name}: the last axis of theta must be the size of ${solver.name}, ${solver.size}, got shape [${shape}]. ` +
        'Reshape theta to [batch, ..., size].',
    );
  }
  if (!Number.isInteger(samples) || samples < 1) {
    throw new RangeError(`${name}: samples must be a positive integer, got ${samples}`);
  }
  const batched = shape.length > 1;
  const batch = batched ? (shape[0] as number) : 1;
  const inner = batched ? shape.slice(1) : [...shape];
  const events = inner.slice(0, -1).reduce((product, axis) => product * axis, 1);
  return {
    batch,
    samples,
    events,
    size,
    instances: batch * events,
    rows: batch * samples * events,
    shape: batched ? [batch, samples, ...inner] : [samples, ...inner],
  };
}

/** Throws when an array of instances or of rows holds a NaN, and names where. Infinities pass: they are masks. */
export function refuseNaN(
  name: string,
  what: string,
  values: Float32Array,
  size: number,
  remedy: string,
): void {
  // The sum of finite numbers and like-signed infinities is not NaN: one cheap pass in the usual case.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  if (!Number.isNaN(sum)) return;
  const at = values.findIndex(Number.isNaN);
  if (at < 0) return;
  throw new RangeError(
    `${name}: ${what} must not be NaN, got NaN in row ${Math.floor(at / size)}, element ${at % size}. ${remedy}`,
  );
}
