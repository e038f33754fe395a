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

/**
 * Reads the layout off theta's shape and says what is wrong with it, if anything. Each of `samples` is a group of
 * `marginalSamples` states.
 */
export function layoutOf(
  name: string,
  solver: Pick<Solver, 'name' | 'size'>,
  shape: readonly number[],
  samples: number,
  marginalSamples = 1,
): Layout {
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
  const states = samples * marginalSamples;
  const batched = shape.length > 1;
  const batch = batched ? (shape[0] as number) : 1;
  const inner = batched ? shape.slice(1) : [...shape];
  const events = inner.slice(0, -1).reduce((product, axis) => product * axis, 1);
  return {
    batch,
    samples: states,
    events,
    size,
    instances: batch * events,
    rows: batch * states * events,
    shape: batched ? [batch, states, ...inner] : [states, ...inner],
  };
}

/** Which instance of theta each row of z belongs to. */
export function instanceOfRow({ batch, samples, events, rows }: Layout): Int32Array {
  const instance = new Int32Array(rows);
  let row = 0;
  for (let b = 0; b < batch; b++) {
    for (let s = 0; s < samples; s++) for (let e = 0; e < events; e++) instance[row++] = b * events + e;
  }
  return instance;
}

/** Throws when theta holds a NaN, and names where. Infinities pass: they are masks. */
export function refuseTheta(name: string, theta: Float32Array, size: number): void {
  // The sum of finite numbers and like-signed infinities is not NaN: one cheap pass in the usual case.
  if (!Number.isNaN(sumOf(theta))) return;
  const at = theta.findIndex(Number.isNaN);
  if (at < 0) return;
  throw new RangeError(
    `${name}: theta must not be NaN, got NaN in row ${Math.floor(at / size)}, element ${at % size}. ` +
      'Look for a division by zero or an exploding weight.',
  );
}

/** Throws when the gradient in z holds a NaN or an infinity, either of which would end in silence or nonsense. */
export function refuseGradient(name: string, gradient: Float32Array, size: number): void {
  if (Number.isFinite(sumOf(gradient))) return;
  const at = gradient.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new RangeError(
    `${name}: the gradient of the loss in z must be finite, got ${gradient[at]} in row ${Math.floor(at / size)}, ` +
      `element ${at % size}. Is the loss finite?`,
  );
}

function sumOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
