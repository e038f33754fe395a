import type { DiscreteVaeConfig } from '@aimle/discrete-vae';
import { z } from 'zod';
import { UsageError } from '../failure.js';
import { engineOption } from './engine.js';
import { assignments } from './settings.js';
import { oneOf, positive, whole } from './values.js';

const schema = z.object({
  preset: oneOf('--preset', ['quick', 'paper']).default('quick'),
  method: oneOf('--method', ['aimle', 'imle', 'straight-through']).optional(),
  difference: oneOf('--difference', ['central', 'forward']).optional(),
  samples: whole('--samples', 1).optional(),
  noise: oneOf('--noise', ['sum-of-gamma', 'gumbel', 'normal', 'none']).optional(),
  perturbation: oneOf('--perturbation', ['noise-scaled', 'paper', 'fixed']).optional(),
  lambda: positive('--lambda').optional(),
  epochs: whole('--epochs', 1).optional(),
  steps: whole('--steps', 1).optional(),
  seed: whole('--seed', 0).optional(),
  compatibility: oneOf('--compatibility', ['none', 'official']).optional(),
  data: oneOf('--data', ['auto', 'mnist', 'digits']).optional(),
  set: z.array(z.string()).default([]),
  engine: engineOption,
  run: z.string().min(1, '--run must name a folder, got nothing').optional(),
  resume: z.string().min(1, '--resume must name a run directory, got nothing').optional(),
  json: z.boolean().default(false),
});

/** The options of `train dvae`, checked. */
export type DvaeOptions = z.output<typeof schema>;

/** What `train dvae` accepts, as commander hands it over. */
export const dvaeOptions: z.ZodType<DvaeOptions> = schema;

/** Settings that have an option of their own, under the option's name. */
const direct = [
  'method',
  'difference',
  'samples',
  'noise',
  'perturbation',
  'lambda',
  'compatibility',
  'seed',
  'data',
] as const;

/** What each method takes as its difference where nothing else is asked for; straight-through takes none. */
const usualDifference = { aimle: 'central', imle: 'forward' } as const;

/** What straight-through never reads: it perturbs nothing, so there is no difference to take either. */
const ofPerturbing = ['difference', 'perturbation', 'lambda', 'compatibility'] as const;

/** The settings of the paper's controller, which no other perturbation reads. */
const ofController = ['alphaStep', 'changedTarget'] as const;

/**
 * The configuration of a new run: the preset, changed by what was asked for. It records what the run does, and not a
 * default that its method passes over.
 *
 * @throws {@link UsageError} when options contradict each other, or one would have no effect.
 */
export function newConfig(preset: DiscreteVaeConfig, options: DvaeOptions): DiscreteVaeConfig {
  const method = options.method ?? preset.method;
  const perturbation = perturbationOf(method, preset, options);
  const settings = assignments(options.set, preset, [...direct, 'epochs', 'steps']);
  refuseIdle(method, perturbation, options, settings);
  const asked = Object.fromEntries(
    direct.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
  // Written down, so that a run says what it did without knowing the defaults of the day.
  const difference = method === 'straight-through' ? {} : { difference: usualDifference[method] };
  return { ...preset, ...settings, ...difference, ...asked, perturbation, ...lengthOf(options) };
}

/** The perturbation that is used: IMLE knows a fixed one only, and a size given by hand is one. */
function perturbationOf(
  method: DiscreteVaeConfig['method'],
  preset: DiscreteVaeConfig,
  { perturbation, lambda }: DvaeOptions,
): DiscreteVaeConfig['perturbation'] {
  if (method === 'straight-through') return preset.perturbation;
  if (perturbation !== undefined && perturbation !== 'fixed') {
    if (method === 'imle') {
      throw new UsageError(
        `--perturbation must be fixed with --method imle, got "${perturbation}"; leave it out, or take --method aimle`,
      );
    }
    if (lambda !== undefined) {
      throw new UsageError(
        `--lambda fixes the perturbation, and --perturbation ${perturbation} adapts it; leave one out`,
      );
    }
  }
  return method === 'imle' || lambda !== undefined ? 'fixed' : (perturbation ?? preset.perturbation);
}

/** @throws {@link UsageError} when something was asked for that the run would never read. */
function refuseIdle(
  method: DiscreteVaeConfig['method'],
  perturbation: DiscreteVaeConfig['perturbation'],
  options: DvaeOptions,
  settings: Readonly<Record<string, unknown>>,
): void {
  const controller = ofController.find((name) => name in settings);
  if (method === 'straight-through') {
    const option = ofPerturbing.find((name) => options[name] !== undefined);
    const idle = option ?? (controller && `set ${controller}`);
    if (idle === undefined) return;
    throw new UsageError(
      `--${idle} does nothing with --method straight-through, which perturbs nothing; leave one out`,
    );
  }
  if (controller !== undefined && perturbation !== 'paper') {
    throw new UsageError(
      `--set ${controller} does nothing with --perturbation ${perturbation}; only --method aimle with ` +
        '--perturbation paper reads it',
    );
  }
}

/**
 * The configuration that a run is resumed with: its own, or longer.
 *
 * @throws {@link UsageError} when anything but the length is asked to change.
 */
export function resumedConfig(recorded: DiscreteVaeConfig, options: DvaeOptions): DiscreteVaeConfig {
  const changed =
    direct.find((name) => options[name] !== undefined) ?? (options.set.length > 0 ? 'set' : undefined);
  if (changed !== undefined) {
    throw new UsageError(`--${changed} cannot change in a resumed run; only --epochs and --steps can`);
  }
  // --epochs decides only where no number of steps does.
  const { steps: _, ...withoutSteps } = recorded;
  return { ...(options.epochs === undefined ? recorded : withoutSteps), ...lengthOf(options) };
}

function lengthOf({ epochs, steps }: DvaeOptions): Pick<Partial<DiscreteVaeConfig>, 'epochs' | 'steps'> {
  return { ...(epochs !== undefined && { epochs }), ...(steps !== undefined && { steps }) };
}
