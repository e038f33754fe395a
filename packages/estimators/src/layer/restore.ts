import type { Distribution } from '@aimle/distributions';
import { distributionOf } from '@aimle/distributions/structures';
import { type NoiseDescription, noiseByName, sumOfGamma } from '@aimle/random';
import type { Solver, StructureDescription } from '@aimle/solvers';
import { solverOf } from '@aimle/solvers/structures';
import { aimle } from '../difference/aimle.js';
import { blackBox } from '../difference/blackBox.js';
import { clampCosts } from '../difference/clampCosts.js';
import { imle } from '../difference/imle.js';
import { simple } from '../exact/simple.js';
import { negativeIdentity } from '../identity/negativeIdentity.js';
import { straightThrough } from '../identity/straightThrough.js';
import { fixedLambda } from '../perturbation/fixedLambda.js';
import { noiseScaled } from '../perturbation/noiseScaled.js';
import { paperAdaptive } from '../perturbation/paperAdaptive.js';
import { concreteSubset } from '../relaxation/concreteSubset.js';
import { gumbelSoftmax } from '../relaxation/gumbelSoftmax.js';
import { relaxedSubset } from '../relaxation/relaxedSubset.js';
import { stochasticSoftmax } from '../relaxation/stochasticSoftmax.js';
import { perturbedOptimiser } from '../score/perturbedOptimiser.js';
import type { LayerDescription } from './describe.js';
import type { JsonValue, Layer } from './estimator.js';

// Options come from a file: each function checks its own.
type Build = (structure: never, options: never) => Layer;

const layers: Readonly<Record<string, Build>> = {
  aimle,
  imle,
  'black-box': blackBox,
  'straight-through': straightThrough,
  'negative-identity': negativeIdentity,
  'perturbed-optimiser': perturbedOptimiser,
  'gumbel-softmax': gumbelSoftmax,
  'relaxed-subset': relaxedSubset,
  'concrete-subset': concreteSubset,
  simple,
  'stochastic-softmax': stochasticSoftmax,
};

const policies = {
  'noise-scaled': noiseScaled,
  paper: paperAdaptive,
  fixed: ({ lambda }: { lambda: number }) => fixedLambda(lambda),
};

/** Makes a layer from its description. Loads all kinds of layers and structures. */
export function restoreLayer({ name, structure, exact, options }: LayerDescription): Layer {
  const build = layers[name];
  if (build === undefined) {
    throw new RangeError(`a saved layer must be one of ${Object.keys(layers).join(', ')}, got "${name}"`);
  }
  return build(restoreStructure(structure, exact) as never, restoreOptions(options) as never);
}

interface ClampedDescription {
  readonly minimum: number;
  /** Whether the clamped structure is one of `@aimle/distributions`. */
  readonly exact: boolean;
  readonly solver: StructureDescription;
}

function restoreStructure(structure: StructureDescription, exact: boolean): Solver | Distribution {
  if (structure.name === 'clampCosts') {
    const { solver, exact: inner, minimum } = structure.options as unknown as ClampedDescription;
    return clampCosts(restoreStructure(solver, inner), { minimum });
  }
  return exact ? distributionOf(structure) : solverOf(structure);
}

function restoreOptions(options: Readonly<Record<string, JsonValue>>): object {
  const restored: Record<string, unknown> = { ...options };
  const noise = options['noise'] as unknown as NoiseDescription | undefined;
  if (noise !== undefined) {
    restored['noise'] =
      noise.name === 'sum-of-gamma'
        ? sumOfGamma(noise.parameters as unknown as Parameters<typeof sumOfGamma>[0])
        : noiseByName(noise.name, 1);
  }
  const policy = options['perturbation'] as
    | { readonly name: keyof typeof policies; readonly options: object }
    | undefined;
  if (policy !== undefined) restored['perturbation'] = policies[policy.name](policy.options as never);
  return restored;
}
