import { aimle, type Estimator, type EstimatorEntry, estimators, paperAdaptive } from '@aimle/estimators';
import { gumbel } from '@aimle/random';
import type { StudyStructure } from '../structure/structures.js';

export interface ComparedMethod {
  readonly name: string;
  readonly minSamples: number;
  /** Backward passes before the estimates count. */
  readonly warmUp: number;
  build(): Estimator;
}

const OFFICIAL_WARM_UP = 100;

/** The methods that are compared by default: one of each kind, without the oracle. */
const defaults = [
  'aimle',
  'aimle-forward',
  'aimle-paper',
  'imle',
  'straight-through',
  'perturbed-optimiser',
  'gumbel-softmax',
  'relaxed-subset',
  'stochastic-softmax',
  'simple',
  'perturbed-score-function',
  'score-function-plain',
  'score-function-leave-one-out',
];

/**
 * Lists the names of all methods that a structure allows: those of the registry of `@aimle/estimators`, and
 * `aimle-paper`, which is AIMLE with the paper's controller after 100 warm-up passes.
 *
 * @example
 * ```ts
 * import { kSubset, methodNames } from '@aimle/gradient-study';
 *
 * methodNames(kSubset(5, 2)).includes('gumbel-softmax'); // => false
 * methodNames(kSubset(5, 1)).includes('gumbel-softmax'); // => true
 * ```
 */
export function methodNames(structure: StudyStructure): string[] {
  return methodsOf(structure).map(({ name }) => name);
}

/**
 * Lists the names of the methods that are compared by default.
 *
 * @example
 * ```ts
 * import { kSubset, defaultMethodNames } from '@aimle/gradient-study';
 *
 * defaultMethodNames(kSubset(5, 2))[0]; // => 'aimle'
 * ```
 */
export function defaultMethodNames(structure: StudyStructure): string[] {
  const allowed = methodNames(structure);
  return defaults.filter((name) => allowed.includes(name));
}

export function methodsOf(structure: StudyStructure): ComparedMethod[] {
  const registered = estimators
    .filter((entry) => fits(entry, structure))
    .map((entry): ComparedMethod => {
      const { name, minSamples } = entry;
      const build = (): Estimator =>
        entry.needs === 'solver'
          ? entry.build(structure.distribution, gumbel())
          : entry.build(structure.distribution, gumbel());
      return { name, minSamples, warmUp: 0, build };
    });
  const paper: ComparedMethod = {
    name: 'aimle-paper',
    minSamples: 1,
    warmUp: OFFICIAL_WARM_UP,
    build: () => aimle(structure.distribution, { perturbation: paperAdaptive() }),
  };
  return [...registered, paper];
}

function fits(entry: EstimatorEntry, { distribution }: StudyStructure): boolean {
  if (entry.needs === 'distribution' || entry.takes === 'any') return true;
  return distribution.name === 'topK' && (entry.takes === 'subset' || distribution.kappa === 1);
}
