import type { RelationalConfig } from '@aimle/neural-relational-inference';
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
  temperature: positive('--temperature').optional(),
  perturbation: oneOf('--perturbation', ['noise-scaled', 'paper', 'fixed']).optional(),
  lambda: positive('--lambda').optional(),
  frames: whole('--frames', 2).optional(),
  vertices: whole('--vertices', 2).optional(),
  data: oneOf('--data', ['simulated', 'files']).optional(),
  epochs: whole('--epochs', 1).optional(),
  steps: whole('--steps', 1).optional(),
  seed: whole('--seed', 0).optional(),
  set: z.array(z.string()).default([]),
  engine: engineOption,
  run: z.string().min(1, '--run must name a folder, got nothing').optional(),
  resume: z.string().min(1, '--resume must name a run directory, got nothing').optional(),
  json: z.boolean().default(false),
});

/** The options of `train nri`, checked. */
export type NriOptions = z.output<typeof schema>;

/** What `train nri` accepts, as commander hands it over. */
export const nriOptions: z.ZodType<NriOptions> = schema;

/** Settings that have an option of their own, under the option's name. */
const direct = [
  'method',
  'difference',
  'samples',
  'noise',
  'temperature',
  'perturbation',
  'lambda',
  'frames',
  'vertices',
  'data',
  'seed',
] as const;

/** What straight-through never reads: it perturbs nothing, so there is no difference to take either. */
const ofPerturbing = ['difference', 'perturbation', 'lambda'] as const;

/**
 * The configuration of a new run: the preset, changed by what was asked for. The preset's difference is its method's own.
 *
 * @throws {@link UsageError} when options contradict each other, or one would have no effect.
 */
export function newConfig(preset: RelationalConfig, options: NriOptions): RelationalConfig {
  const { difference, ...common } = preset;
  const method = options.method ?? preset.method;
  const perturbation = perturbationOf(method, preset.perturbation, options);
  const settings = assignments(options.set, preset, [...direct, 'epochs', 'steps']);
  refuseIdle(method, perturbation, options, ofPerturbing, settings);
  const asked = Object.fromEntries(
    direct.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
  const own = difference !== undefined && method === preset.method ? { difference } : differenceOf(method);
  return { ...common, ...settings, ...own, ...asked, perturbation, ...lengthOf(options) };
}

/** The configuration that a run is resumed with; throws a {@link UsageError} when more than its length is to change. */
export function resumedConfig(recorded: RelationalConfig, options: NriOptions): RelationalConfig {
  return longer(recorded, options, direct);
}
