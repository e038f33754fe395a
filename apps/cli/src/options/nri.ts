import { resolve } from 'node:path';
import type { RelationalConfig } from '@aimle/neural-relational-inference';
import { RequestError } from '@aimle/training/errors';
import { z } from 'zod';
import { engineOption } from './engine.js';
import { lengthOf, longer } from './length.js';
import { differenceOf, perturbationOf, refuseIdle } from './perturbing.js';
import { assignments } from './settings.js';
import { oneOf, positive, whole } from './values.js';

const madeHere = ['simulated', 'files'];

const schema = z.object({
  preset: oneOf('--preset', ['quick', 'paper']).default('quick'),
  method: oneOf('--method', [
    'aimle',
    'imle',
    'straight-through',
    'stochastic-softmax',
    'score-function',
    'nvil',
  ]).optional(),
  structure: oneOf('--structure', ['tree', 'top-k', 'independent', 'arborescence']).optional(),
  difference: oneOf('--difference', ['central', 'forward']).optional(),
  samples: whole('--samples', 1).optional(),
  noise: oneOf('--noise', ['sum-of-gamma', 'gumbel', 'normal', 'none']).optional(),
  temperature: positive('--temperature').optional(),
  perturbation: oneOf('--perturbation', ['noise-scaled', 'paper', 'fixed']).optional(),
  lambda: positive('--lambda').optional(),
  relaxation: positive('--relaxation').optional(),
  baseline: oneOf('--baseline', ['none', 'moving-average', 'leave-one-out']).optional(),
  frames: whole('--frames', 2).optional(),
  vertices: whole('--vertices', 2).optional(),
  data: z
    .string()
    .refine((text) => madeHere.includes(text) || /\.(npy|csv)$/.test(text), {
      error: ({ input }) =>
        `--data must be simulated, files, or a .npy or .csv file, got ${JSON.stringify(input)}`,
    })
    .optional(),
  edges: z
    .string()
    .regex(/\.(npy|csv)$/, {
      error: ({ input }) => `--edges must be a .npy or .csv file, got ${JSON.stringify(input)}`,
    })
    .optional(),
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
  'structure',
  'difference',
  'samples',
  'noise',
  'temperature',
  'perturbation',
  'lambda',
  'relaxation',
  'baseline',
  'frames',
  'vertices',
  'data',
  'edges',
  'seed',
] as const;

/** Which methods read an option that not all of them do. */
const readBy: { readonly [N in keyof NriOptions]?: readonly RelationalConfig['method'][] } = {
  noise: ['aimle', 'imle', 'straight-through'],
  temperature: ['aimle', 'imle', 'straight-through'],
  relaxation: ['stochastic-softmax'],
  baseline: ['score-function'],
};

/** What straight-through never reads: it perturbs nothing, so there is no difference to take either. */
const ofPerturbing = ['difference', 'perturbation', 'lambda'] as const;

/**
 * The configuration of a new run: the preset, changed by what was asked for. The preset's difference is its method's own.
 *
 * @throws {@link RequestError} when options contradict each other, or one would have no effect.
 */
export function newConfig(preset: RelationalConfig, options: NriOptions): RelationalConfig {
  const { difference, ...common } = preset;
  const method = options.method ?? preset.method;
  const perturbation = perturbationOf(method, preset.perturbation, options);
  const settings = assignments(options.set, preset, [...direct, 'epochs', 'steps']);
  refuseIdle(method, perturbation, options, ofPerturbing, settings);
  refuseUnread(method, options);
  const asked = Object.fromEntries(
    direct.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
  const own = difference !== undefined && method === preset.method ? { difference } : differenceOf(method);
  return { ...common, ...settings, ...own, ...asked, ...dataOf(options), perturbation, ...lengthOf(options) };
}

function refuseUnread(method: RelationalConfig['method'], options: NriOptions): void {
  for (const [name, methods] of Object.entries(readBy)) {
    if (options[name as keyof NriOptions] === undefined || methods.includes(method)) continue;
    throw new RequestError(
      `--${name} does nothing with --method ${method}, only with ${methods.join(', ')}; leave one out`,
    );
  }
}

/** Files by their whole paths, so that a run can be resumed from anywhere. */
function dataOf({ data, edges, vertices, frames }: NriOptions): Partial<RelationalConfig> {
  if (data === undefined || madeHere.includes(data)) {
    if (edges === undefined) return {};
    throw new RequestError(
      '--edges are those of a file of recordings; name it with --data, or leave --edges out',
    );
  }
  const size = vertices === undefined ? (frames === undefined ? null : 'frames') : 'vertices';
  if (size !== null) {
    throw new RequestError(`--${size} does nothing with --data ${data}, which has its own; leave one out`);
  }
  return {
    data: 'recordings',
    recordings: resolve(data),
    ...(edges !== undefined && { edges: resolve(edges) }),
  };
}

/** The configuration that a run is resumed with; throws a {@link RequestError} when more than its length is to change. */
export function resumedConfig(recorded: RelationalConfig, options: NriOptions): RelationalConfig {
  return longer(recorded, options, direct);
}
