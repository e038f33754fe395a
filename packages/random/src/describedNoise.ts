/** How to make a noise of this package again, as plain data: the name that `noiseByName` knows, and its parameters. */
export interface NoiseDescription {
  readonly name: 'gumbel' | 'normal' | 'logistic' | 'sum-of-gamma' | 'none';
  readonly parameters: Readonly<Record<string, number>>;
}

/**
 * Gives a noise its description. It is not enumerable: a copy with another `fill` is another noise,
 * which the description does not fit.
 */
export function describedNoise<N extends { readonly name: NoiseDescription['name'] }>(
  noise: N,
  parameters: NoiseDescription['parameters'] = {},
): N {
  const value: NoiseDescription = { name: noise.name, parameters };
  return Object.defineProperty(noise, 'description', { value });
}
