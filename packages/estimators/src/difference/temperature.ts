/** A noise temperature for both passes, or one for each. */
export type Temperature = number | { readonly forward: number; readonly backward: number };

/** Checks a temperature and returns it for both passes. */
export function temperatures(name: string, value: Temperature): { forward: number; backward: number } {
  const { forward, backward } = typeof value === 'number' ? { forward: value, backward: value } : value;
  for (const [pass, temperature] of Object.entries({ forward, backward })) {
    if (!(Number.isFinite(temperature) && temperature >= 0)) {
      throw new RangeError(
        `${name}: the ${pass} temperature must be a finite number of at least 0, got ${temperature}`,
      );
    }
  }
  return { forward, backward };
}
