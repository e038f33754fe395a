import type { BatchPart } from '@aimle/engine/operations';
import type { Solver } from '@aimle/solvers';

/**
 * The memory layout of theta [B, ..., n] and z [B, S, ..., n]. An instance is one problem for the solver: theta has B
 * times E of them (E: the product of the axes between B and n), and z has S rows for each. Row (b, s, e) is (b S + s)
 * E + e; instance (b, e) is b E + e.
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
  /** The axis of z that counts samples: 1, or 0 where theta has no batch; `null` where z has no such axis. */
  readonly sampleAxis: 0 | 1 | null;
  /** The place in a larger batch; absent where this is the whole batch. */
  readonly part?: BatchPart | undefined;
}

/**
 * Reads the layout off theta's shape. Throws when the shape does not fit.
 *
 * @param samples - `undefined` for one sample without an extra axis.
 * @param marginalSamples - the number of states that make a sample; more than one need the axis.
 */
export function layoutOf(
  name: string,
  solver: Pick<Solver, 'name' | 'size'>,
  shape: readonly number[],
  samples: number | undefined,
  marginalSamples = 1,
  part?: BatchPart,
): Layout {
  const size = shape.at(-1);
  if (size !== solver.size) {
    throw new RangeError(
      `${name}: the last axis of theta must be the size of ${solver.name}, ${solver.size}, got shape [${shape}]. ` +
        'Reshape theta to [batch, ..., size].',
    );
  }
  if (samples !== undefined && (!Number.isInteger(samples) || samples < 1)) {
    throw new RangeError(`${name}: samples must be a positive integer, got ${samples}`);
  }
  const states = (samples ?? 1) * marginalSamples;
  const batched = shape.length > 1;
  const batch = batched ? (shape[0] as number) : 1;
  const inner = batched ? shape.slice(1) : [...shape];
  const events = inner.slice(0, -1).reduce((product, axis) => product * axis, 1);
  const flat = samples === undefined && states === 1;
  const outer = batched ? [batch] : [];
  return {
    batch,
    samples: states,
    events,
    size,
    instances: batch * events,
    rows: batch * states * events,
    shape: flat ? [...shape] : [...outer, states, ...inner],
    sampleAxis: flat ? null : batched ? 1 : 0,
    part,
  };
}

/** The layout with `draws` rows for every row of the given one. */
export function multiplied(layout: Layout, draws: number): Layout {
  return { ...layout, samples: layout.samples * draws, rows: layout.rows * draws };
}

/** The instance of theta that each row of z belongs to. */
export function instanceOfRow({ batch, samples, events, rows }: Layout): Int32Array {
  const instance = new Int32Array(rows);
  let row = 0;
  for (let b = 0; b < batch; b++) {
    for (let s = 0; s < samples; s++) for (let e = 0; e < events; e++) instance[row++] = b * events + e;
  }
  return instance;
}

/** Reads S off the shape of z, [B, S, ..., n] or [S, n]; undefined where z is shaped like theta. */
export function samplesOf(name: string, theta: readonly number[], z: readonly number[]): number | undefined {
  if (z.join() === theta.join()) return undefined;
  const axis = theta.length > 1 ? 1 : 0;
  if (z.length === theta.length + 1 && z.filter((_, i) => i !== axis).join() === theta.join()) return z[axis];
  const [batch, ...inner] = theta;
  const sampled = axis === 1 ? [batch, 'S', ...inner] : ['S', ...theta];
  throw new RangeError(
    `${name}: z must have theta's shape, [${theta}], or [${sampled}] for S samples, got [${z}]`,
  );
}
