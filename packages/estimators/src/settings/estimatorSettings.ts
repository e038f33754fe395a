/** Methods whose states are those of perturbed scores. */
const perturbed = ['aimle', 'imle', 'straight-through', 'perturbed-optimiser'] as const;

/**
 * The settings of an estimator as rows for a task's table (`settingsTable` of @aimle/training): plain data, and no
 * TensorFlow.js. A task says which methods it has: `method: { ...estimatorSettings.method, of: ['aimle', 'imle'] }`.
 * {@link estimatorOf} builds what they describe.
 *
 * @example
 * ```ts
 * import { estimatorSettings } from '@aimle/estimators';
 *
 * estimatorSettings.perturbation.of; // => ['noise-scaled', 'paper', 'fixed']
 * ```
 */
export const estimatorSettings = {
  method: {
    kind: 'choice',
    of: ['aimle', 'imle', 'straight-through', 'black-box', 'perturbed-optimiser'],
    default: 'aimle',
    option: '<name>',
    help: 'how the gradient passes the discrete choice',
    titles: { aimle: 'AIMLE', imle: 'IMLE' },
    sets: {
      aimle: { difference: 'central' },
      imle: { difference: 'forward', perturbation: 'fixed' },
      'black-box': { perturbation: 'fixed' },
    },
  },
  difference: {
    kind: 'choice',
    of: ['central', 'forward'],
    optional: true,
    option: '<name>',
    when: { method: ['aimle', 'imle'] },
    help: 'which difference of two solutions is taken: central or forward; left out, central for aimle and forward for imle',
  },
  samples: {
    kind: 'integer',
    min: 1,
    default: 1,
    option: '<S>',
    help: 'S, states drawn for each instance',
  },
  noise: {
    kind: 'choice',
    of: ['sum-of-gamma', 'gumbel', 'normal', 'none'],
    default: 'sum-of-gamma',
    option: '<name>',
    when: { method: perturbed },
    help: 'what is added to the scores before the best state is looked for',
    titles: { 'sum-of-gamma': 'Sum-of-Gamma', gumbel: 'Gumbel' },
  },
  temperature: {
    kind: 'number',
    min: 0,
    default: 1,
    option: '<T>',
    when: { method: perturbed },
    help: 'what the noise is multiplied by',
  },
  perturbation: {
    kind: 'choice',
    of: ['noise-scaled', 'paper', 'fixed'],
    default: 'noise-scaled',
    option: '<name>',
    when: { method: ['aimle'] },
    help: 'how the size of the perturbation, lambda, is chosen',
  },
  lambda: {
    kind: 'number',
    above: 0,
    default: 10,
    option: '<size>',
    when: { method: ['aimle', 'imle', 'black-box'], perturbation: ['fixed'] },
    sets: { '*': { perturbation: 'fixed' } },
    help: 'the size of a fixed perturbation; implies perturbation fixed',
  },
  alphaStep: {
    kind: 'number',
    above: 0,
    default: 1e-3,
    when: { method: ['aimle'], perturbation: ['paper'] },
    help: "step of the paper's controller of lambda",
  },
  changedTarget: {
    kind: 'number',
    above: 0,
    default: 1,
    when: { method: ['aimle'], perturbation: ['paper'] },
    help: "how many coordinates of a state the paper's controller wants changed",
  },
} as const;

type Rows = typeof estimatorSettings;

/** Values of {@link estimatorSettings}, as a task's configuration has them. */
export type EstimatorSettings = {
  readonly [N in keyof Rows as Rows[N] extends { optional: true } ? never : N]: Rows[N] extends {
    readonly of: readonly (infer Name)[];
  }
    ? Name
    : number;
} & { readonly difference?: 'central' | 'forward' };

type Reads = Pick<EstimatorSettings, 'noise' | 'temperature' | 'perturbation'> & { readonly method: string };

const scaledByNoise = ({ method, perturbation }: Reads): boolean =>
  method === 'aimle' && perturbation === 'noise-scaled';

/**
 * What {@link estimatorSettings} demand of each other, as rules for a task's table.
 *
 * @example
 * ```ts
 * import { estimatorRules } from '@aimle/estimators';
 *
 * const config = { method: 'aimle', perturbation: 'noise-scaled', noise: 'none', temperature: 1 } as const;
 * estimatorRules.find(({ holds }) => !holds(config))!.setting; // => 'noise'
 * ```
 */
export const estimatorRules = [
  {
    setting: 'noise',
    must: 'other than none for the noise-scaled perturbation',
    holds: (config: Reads): boolean => !scaledByNoise(config) || config.noise !== 'none',
  },
  {
    setting: 'temperature',
    must: 'above 0 for the noise-scaled perturbation',
    holds: (config: Reads): boolean => !scaledByNoise(config) || config.temperature > 0,
  },
] as const;
