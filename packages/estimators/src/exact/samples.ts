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
