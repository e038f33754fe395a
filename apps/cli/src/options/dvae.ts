import type { DiscreteVaeConfig } from '@aimle/discrete-vae';
import { z } from 'zod';
import { engineOption } from './engine.js';
import { lengthOf, longer } from './length.js';
import { differenceOf, perturbationOf, refuseIdle } from './perturbing.js';
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

/** What straight-through never reads: it perturbs nothing, so there is no difference to take either. */
const ofPerturbing = ['difference', 'perturbation', 'lambda', 'compatibility'] as const;

/**
 * The configuration of a new run: the preset, changed by what was asked for. It records what the run does, and not a
 * default that its method passes over.
 *
 * @throws {@link RequestError} when options contradict each other, or one would have no effect.
 */
export function newConfig(preset: DiscreteVaeConfig, options: DvaeOptions): DiscreteVaeConfig {
  const method = options.method ?? preset.method;
  const perturbation = perturbationOf(method, preset.perturbation, options);
  const settings = assignments(options.set, preset, [...direct, 'epochs', 'steps']);
  refuseIdle(method, perturbation, options, ofPerturbing, settings);
  const asked = Object.fromEntries(
    direct.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
  return { ...preset, ...settings, ...differenceOf(method), ...asked, perturbation, ...lengthOf(options) };
}

/** The configuration that a run is resumed with; throws a {@link RequestError} when more than its length is to change. */
export function resumedConfig(recorded: DiscreteVaeConfig, options: DvaeOptions): DiscreteVaeConfig {
  return longer(recorded, options, direct);
}
