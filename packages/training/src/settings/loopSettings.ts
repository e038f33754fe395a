import type { ValuesOf } from './setting.js';

/**
 * Lists the settings that the loop reads, for the table of a task.
 *
 * Step t has the learning rate `learningRate * learningRateDecay ** (t / stepsPerEpoch)`, however long the run is, so
 * that a longer run continues the same schedule. Adam's epsilon is explicit, because TensorFlow.js has a different default
 * on every engine.
 *
 * @example
 * ```ts
 * import { loopSettings } from '@aimle/training';
 *
 * loopSettings.learningRate.default; // => 0.001
 * ```
 */
export const loopSettings = {
  epochs: {
    kind: 'integer',
    min: 1,
    default: 10,
    option: '<N>',
    help: 'passes through the training data',
  },
  steps: {
    kind: 'integer',
    min: 1,
    optional: true,
    option: '<N>',
    help: 'exact number of steps; replaces epochs',
  },
  seed: {
    kind: 'integer',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    default: 0,
    option: '<N>',
    help: 'seed of all random numbers',
  },
  batchSize: { kind: 'integer', min: 1, default: 100, help: 'instances per step' },
  learningRate: { kind: 'number', above: 0, default: 1e-3, help: "Adam's step size at the start" },
  learningRateDecay: {
    kind: 'number',
    above: 0,
    max: 1,
    default: 1,
    help: 'per-epoch decay factor of the learning rate; 1 keeps it',
  },
  adamEpsilon: { kind: 'number', above: 0, default: 1e-8, title: 'Adam epsilon', help: "Adam's epsilon" },
} as const;

/**
 * Lists the settings for the sizes of a task's splits, for its table.
 *
 * @example
 * ```ts
 * import { splitSettings } from '@aimle/training';
 *
 * splitSettings.validationCount.min; // => 0
 * ```
 */
export const splitSettings = {
  trainCount: { kind: 'integer', min: 1, default: 10_000, help: 'instances to train on' },
  validationCount: { kind: 'integer', min: 0, default: 1000, help: 'instances held out for validation' },
  testCount: { kind: 'integer', min: 1, default: 1000, help: 'instances to test on' },
} as const;

/**
 * The settings that the loop reads; a task adds its own. Plain JSON, because it is stored in `config.json`.
 */
export interface TaskConfig extends ValuesOf<typeof loopSettings> {
  /** Name of the estimator, if a task offers several; goes into {@link RunSummary}. */
  readonly method?: string;
}
