import type { Key } from '@aimle/random';
import type { StudyStructure } from '../structure/structures.js';
import { type ComparedMethod, defaultMethodNames, methodsOf } from './methods.js';
import type { ComparedStructure } from './structures.js';

/** What {@link compareEstimators} measures. */
export interface ComparisonOptions {
  readonly structure: ComparedStructure;
  /** The structure's two sizes; default `structure.defaults`. */
  readonly n?: number;
  readonly k?: number;
  /** Names of {@link methodNames}; default {@link defaultMethodNames}. */
  readonly methods?: readonly string[];
  /** The values of S; default 1, 10, 100. */
  readonly samples?: readonly number[];
  /** Problems 0 to seeds - 1; default 16. */
  readonly seeds?: number;
  /**
   * The distribution of the exact gradient: `gibbs` (default), as in the paper, or `perturb-and-map` under Gumbel
   * noise.
   */
  readonly truth?: 'gibbs' | 'perturb-and-map';
  readonly key: Key;
  /** Called after every method and S with the share of the work that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

export interface ComparisonPlan {
  readonly compared: ComparedStructure;
  readonly structure: StudyStructure;
  readonly n: number;
  readonly k: number | null;
  readonly methods: readonly ComparedMethod[];
  readonly samples: readonly number[];
  readonly seeds: number;
}

/** Checks a request and fills in its defaults. Throws a RangeError for what cannot be compared. */
export function planOf(options: Omit<ComparisonOptions, 'key'>): ComparisonPlan {
  const { structure: compared, samples = [1, 10, 100], seeds = 16 } = options;
  demandPositive('seeds', seeds);
  for (const size of samples) demandPositive('samples', size);
  const n = options.n ?? compared.defaults.n;
  const k = compared.k === null ? null : (options.k ?? compared.defaults.k);
  const structure = structureOf(compared, n, k);
  const methods = chosen(structure, options.methods ?? defaultMethodNames(structure));
  return { compared, structure, n, k, methods, samples, seeds };
}

/**
 * Checks the options of {@link compareEstimators} without running it.
 *
 * @throws RangeError as {@link compareEstimators} does.
 * @example
 * ```ts
 * import { checkComparison, comparedStructures } from '@aimle/gradient-study';
 *
 * checkComparison({ structure: comparedStructures['tree']!, n: 6 }); // => undefined
 * ```
 */
export function checkComparison(options: Omit<ComparisonOptions, 'key'>): void {
  planOf(options);
}

function demandPositive(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new RangeError(`compareEstimators: ${name} must be a positive integer, got ${value}`);
}

function structureOf({ name, max, make }: ComparedStructure, n: number, k: number | null): StudyStructure {
  for (const [number, value] of Object.entries(k === null ? { n } : { n, k })) {
    const limit = max[number as 'n' | 'k'];
    if (!Number.isInteger(value) || value < 1 || value > limit) {
      throw new RangeError(
        `compareEstimators: ${number} of ${name} must be an integer in [1, ${limit}], got ${value}`,
      );
    }
  }
  return make(n, k ?? 0);
}

function chosen(structure: StudyStructure, names: readonly string[]): ComparedMethod[] {
  const allowed = methodsOf(structure);
  return names.map((name) => {
    const method = allowed.find((each) => each.name === name);
    if (method !== undefined) return method;
    throw new RangeError(
      `compareEstimators: there is no method ${name} for ${structure.name}; there are ` +
        allowed.map((each) => each.name).join(', '),
    );
  });
}
