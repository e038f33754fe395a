import type { Deviations, LearningToExplainConfig } from '@aimle/learning-to-explain';
import { RequestError } from '@aimle/training/errors';
import { z } from 'zod';
import { engineOption } from './engine.js';
import { lengthOf, longer } from './length.js';
import { differenceOf, perturbationOf, refuseIdle } from './perturbing.js';
import { assignments } from './settings.js';
import { oneOf, positive, whole } from './values.js';

const named = (option: string) => z.string().min(1, `${option} must not be empty`).optional();

const schema = z.object({
  preset: oneOf('--preset', ['quick', 'paper']).default('quick'),
  aspect: oneOf('--aspect', ['appearance', 'aroma', 'palate', 'taste']).optional(),
  k: whole('--k', 1).optional(),
  method: oneOf('--method', [
    'aimle',
    'imle',
    'straight-through',
    'l2x',
    'relaxed-subset',
    'simple',
    'score-function',
  ]).optional(),
  difference: oneOf('--difference', ['central', 'forward']).optional(),
  samples: whole('--samples', 1).optional(),
  noise: oneOf('--noise', ['gumbel', 'sum-of-gamma', 'normal', 'none']).optional(),
  perturbation: oneOf('--perturbation', ['noise-scaled', 'paper', 'fixed']).optional(),
  lambda: positive('--lambda').optional(),
  compatibility: oneOf('--compatibility', ['none', 'official']).default('none'),
  data: oneOf('--data', ['auto', 'beer-advocate', 'reviews-synthetic']).optional(),
  texts: named('--texts'),
  textColumn: named('--text-column'),
  scoreColumn: named('--score-column'),
  scoreRange: z
    .string()
    .refine((text) => rangeIn(text) !== null, {
      error: ({ input }) => `--score-range must be two numbers such as 1,5, got ${JSON.stringify(input)}`,
    })
    .transform((text) => rangeIn(text)!)
    .optional(),
  set: z.array(z.string()).default([]),
  epochs: whole('--epochs', 1).optional(),
  steps: whole('--steps', 1).optional(),
  seed: whole('--seed', 0).optional(),
  engine: engineOption,
  run: z.string().min(1, '--run must name a folder, got nothing').optional(),
  resume: z.string().min(1, '--resume must name a run directory, got nothing').optional(),
  json: z.boolean().default(false),
});

function rangeIn(text: string): readonly [number, number] | null {
  const [least, greatest, ...more] = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : +part));
  return more.length === 0 && least! < greatest! ? [least!, greatest!] : null;
}

/** The options of `train l2x`, checked. */
export type L2xOptions = z.output<typeof schema>;

/** What `train l2x` accepts, as commander hands it over. */
export const l2xOptions: z.ZodType<L2xOptions> = schema;

/** Settings that have an option of their own, under the option's name. */
const direct = [
  'aspect',
  'k',
  'method',
  'difference',
  'samples',
  'noise',
  'perturbation',
  'lambda',
  'data',
  'texts',
  'textColumn',
  'scoreColumn',
  'scoreRange',
  'seed',
] as const;

/** What only AIMLE and IMLE read. */
const ofPerturbing = ['difference', 'perturbation', 'lambda'] as const;

/**
 * The configuration of a new run: the preset, changed by what was asked for.
 *
 * @throws {@link RequestError} when options contradict each other, or one would have no effect.
 */
export function newConfig(
  preset: LearningToExplainConfig,
  options: L2xOptions,
  official: Deviations,
): LearningToExplainConfig {
  const method = options.method ?? preset.method;
  const perturbation = perturbationOf(method, preset.perturbation, options);
  const settings = assignments(options.set, preset, [...direct, 'epochs', 'steps']);
  refuseIdle(method, perturbation, options, ofPerturbing, settings);
  if (options.texts !== undefined && (options.aspect !== undefined || options.data !== undefined)) {
    throw new RequestError('--texts brings one score a text: leave --aspect and --data out');
  }
  const asked = Object.fromEntries(
    direct.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
  return {
    ...preset,
    ...(options.compatibility === 'official' && official),
    ...settings,
    ...differenceOf(method),
    ...(options.texts !== undefined && { data: 'texts', aspect: 'score' }),
    ...asked,
    perturbation,
    ...lengthOf(options),
  };
}

/** The configuration that a run is resumed with; throws a {@link RequestError} when more than its length is to change. */
export function resumedConfig(
  recorded: LearningToExplainConfig,
  options: L2xOptions,
): LearningToExplainConfig {
  return longer(recorded, options, direct);
}
