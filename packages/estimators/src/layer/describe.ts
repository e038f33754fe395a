import type { Noise } from '@aimle/random';
import { descriptionOf, type Solver, type StructureDescription } from '@aimle/solvers';
import type { PerturbationPolicy } from '../perturbation/policy.js';
import type { JsonValue, Layer } from './estimator.js';

/** A layer as plain data, from which `restoreLayer` makes it again. */
export interface LayerDescription {
  readonly name: string;
  readonly structure: StructureDescription;
  /** Whether the structure is one of `@aimle/distributions`. */
  readonly exact: boolean;
  readonly options: Readonly<Record<string, JsonValue>>;
}

/**
 * Describes a layer as plain data.
 *
 * @throws RangeError when its structure, noise or perturbation policy is the user's own code, which data cannot
 * describe.
 */
export function describeLayer(layer: Layer): LayerDescription {
  const { name, solver } = layer;
  const options = Object.entries(layer.options)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, plain(name, key, value)]);
  return {
    name,
    structure: descriptionOf(solver),
    exact: 'logPartition' in solver,
    options: Object.fromEntries(options),
  };
}

function plain(name: string, key: string, value: unknown): JsonValue {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(
      `${name}: cannot be saved with ${key} ${value}, which JSON does not have; leave it out`,
    );
  }
  if (key !== 'noise' && key !== 'perturbation') return value as JsonValue;
  const { description, name: own } = value as Noise | PerturbationPolicy;
  if (description === undefined) {
    throw new RangeError(
      `${name}: has no description, because the ${key} "${own}" is not one of this library; save its \`state\` and build ` +
        'the layer again in code',
    );
  }
  return description as unknown as JsonValue;
}

/**
 * Gives a solver or a policy its description. The property is not enumerable: a copy with other methods must not
 * inherit a description that does not fit.
 */
export function describedAs<T extends Solver | PerturbationPolicy>(
  thing: T,
  description: () => { readonly name: string; readonly options: object },
): T {
  return Object.defineProperty(thing, 'description', { get: description });
}
