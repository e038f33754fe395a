import type { Deviations, LearningToExplainConfig } from '@aimle/learning-to-explain';
import { z } from 'zod';
import { UsageError } from '../failure.js';
import { engineOption } from './engine.js';
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

const usualDifference = { aimle: 'central', imle: 'forward' } as const;

/** What only AIMLE and IMLE read. */
const ofPerturbing = ['difference', 'perturbation', 'lambda'] as const;

/**
 * The configuration of a new run: the preset, changed by what was asked for.
 *
 * @throws {@link UsageError} when options contradict each other, or one would have no effect.
 */
export function newConfig(
  preset: LearningToExplainConfig,
  options: L2xOptions,
  official: Deviations,
): LearningToExplainConfig {
  const method = options.method ?? preset.method;
  const perturbs = method === 'aimle' || method === 'imle';
  const idle = perturbs ? undefined : ofPerturbing.find((name) => options[name] !== undefined);
  if (idle !== undefined) {
    throw new UsageError(
      `--${idle} does nothing with --method ${method}, which perturbs nothing; leave one out`,
    );
  }
  if (options.texts !== undefined && (options.aspect !== undefined || options.data !== undefined)) {
    throw new UsageError('--texts brings one score a text: leave --aspect and --data out');
  }
  const asked = Object.fromEntries(
    direct.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
  return {
    ...preset,
    ...(options.compatibility === 'official' && official),
    ...assignments(options.set, preset, [...direct, 'epochs', 'steps']),
    ...(perturbs && { difference: usualDifference[method] }),
    ...(options.texts !== undefined && { data: 'texts', aspect: 'score' }),
    ...asked,
    perturbation: perturbationOf(method, preset, options),
    ...lengthOf(options),
  };
}

function perturbationOf(
  method: LearningToExplainConfig['method'],
  preset: LearningToExplainConfig,
  { perturbation, lambda }: L2xOptions,
): LearningToExplainConfig['perturbation'] {
  if (perturbation !== undefined && perturbation !== 'fixed' && (method === 'imle' || lambda !== undefined)) {
    throw new UsageError(
      `--perturbation ${perturbation} adapts, and ${method === 'imle' ? '--method imle' : '--lambda'} has a fixed size; ` +
        'leave one out',
    );
  }
  return method === 'imle' || lambda !== undefined ? 'fixed' : (perturbation ?? preset.perturbation);
}

/**
 * The configuration that a run is resumed with: its own, or longer.
 *
 * @throws {@link UsageError} when anything but the length is asked to change.
 */
export function resumedConfig(
  recorded: LearningToExplainConfig,
  options: L2xOptions,
): LearningToExplainConfig {
  const changed =
    direct.find((name) => options[name] !== undefined) ?? (options.set.length > 0 ? 'set' : undefined);
  if (changed !== undefined) {
    throw new UsageError(`--${changed} cannot change in a resumed run; only --epochs and --steps can`);
  }
  // --epochs decides only where no number of steps does.
  const { steps: _, ...withoutSteps } = recorded;
  return { ...(options.epochs === undefined ? recorded : withoutSteps), ...lengthOf(options) };
}

function lengthOf({ epochs, steps }: L2xOptions): { epochs?: number; steps?: number } {
  return { ...(epochs !== undefined && { epochs }), ...(steps !== undefined && { steps }) };
}
