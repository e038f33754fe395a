/**
 * Plain data from which a noise of this package can be rebuilt: the name that `noiseByName` knows, and its parameters.
 */
export interface NoiseDescription {
  readonly name: 'gumbel' | 'normal' | 'logistic' | 'sum-of-gamma' | 'none';
  readonly parameters: Readonly<Record<string, number>>;
}

/**
 * Attaches a description to a noise. The property is not enumerable, so a copy with another `fill` does not inherit a
 * description that no longer fits it.
 */
export function describedNoise<N extends { readonly name: NoiseDescription['name'] }>(
  noise: N,
  parameters: NoiseDescription['parameters'] = {},
): N {
  const value: NoiseDescription = { name: noise.name, parameters };
  return Object.defineProperty(noise, 'description', { value });
}
