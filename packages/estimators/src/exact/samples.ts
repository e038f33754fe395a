import type { Layout } from '../layout.js';

/** S, where z is [B, S, ..., n] or [S, n] for theta; undefined where z is shaped like theta. */
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

/** Which instance of theta each row of z belongs to. */
export function instanceOfRow({ batch, samples, events, rows }: Layout): Int32Array {
  const instance = new Int32Array(rows);
  let row = 0;
  for (let b = 0; b < batch; b++) {
    for (let s = 0; s < samples; s++) for (let e = 0; e < events; e++) instance[row++] = b * events + e;
  }
  return instance;
}
