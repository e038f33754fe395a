import { demandsOf, type TaskConfig } from '@aimle/training';

/** Everything that decides a discrete VAE run: plain JSON, kept in the run's config.json. */
export interface DiscreteVaeConfig extends TaskConfig {
  /** Images in a step. */
  readonly batchSize: number;
  /** How the gradient passes the codes. */
  readonly method: 'aimle' | 'imle' | 'straight-through';
  /** Which difference is taken; where it is left out, the method's own: central for `aimle`, forward for `imle`. */
  readonly difference?: 'central' | 'forward';
  /** S, codes drawn for an image. */
  readonly samples: number;
  readonly noise: 'sum-of-gamma' | 'gumbel' | 'normal' | 'none';
  /** What the noise is multiplied by. */
  readonly temperature: number;
  /** How far to perturb; `imle` always has a fixed size, `straight-through` none. */
  readonly perturbation: 'noise-scaled' | 'paper' | 'fixed';
  /** The fixed size; read where the perturbation is fixed. */
  readonly lambda: number;
  /** Step of the paper's controller. */
  readonly alphaStep: number;
  /** How many coordinates of a code the paper's controller wants changed. */
  readonly changedTarget: number;
  /** `official`: gradients as the official code has them, where it departs from its formulas (D1, D5, D6). */
  readonly compatibility: 'none' | 'official';
  /** How many codes describe an image. */
  readonly codes: number;
  /** How many bits a code has. */
  readonly codeSize: number;
  /** How many of them are on. */
  readonly k: number;
  /** Units of the two hidden layers of the encoder; the decoder mirrors them. */
  readonly hidden: readonly [number, number];
  /** `auto`: MNIST where it can be had, else our generated digits. */
  readonly data: 'auto' | 'mnist' | 'digits';
  /** How many images to train on, to hold out for validation, and to test on. */
  readonly trainCount: number;
  readonly validationCount: number;
  readonly testCount: number;
}

/** The paper's setting, as the official README runs it, but for the samples, of which one is enough to begin with. */
export const paper: DiscreteVaeConfig = {
  seed: 0,
  epochs: 100,
  learningRate: 1e-3,
  learningRateDecay: 1,
  adamEpsilon: 1e-8,
  batchSize: 100,
  method: 'aimle',
  samples: 1,
  noise: 'sum-of-gamma',
  temperature: 1,
  perturbation: 'paper',
  lambda: 10,
  alphaStep: 1e-3,
  changedTarget: 10,
  compatibility: 'none',
  codes: 20,
  codeSize: 20,
  k: 10,
  hidden: [512, 256],
  data: 'mnist',
  trainCount: 60_000,
  validationCount: 0,
  testCount: 10_000,
};

/** Minutes on two cores, with whatever data is at hand and a perturbation size that needs no tuning. */
export const quick: DiscreteVaeConfig = {
  ...paper,
  epochs: 10,
  perturbation: 'noise-scaled',
  data: 'auto',
  trainCount: 10_000,
  validationCount: 1_000,
  testCount: 2_000,
};

const WHOLE = {
  batchSize: 1,
  samples: 1,
  codes: 1,
  codeSize: 2,
  trainCount: 1,
  validationCount: 0,
  testCount: 1,
} as const;

const CHOICES = {
  method: ['aimle', 'imle', 'straight-through'],
  noise: ['sum-of-gamma', 'gumbel', 'normal', 'none'],
  perturbation: ['noise-scaled', 'paper', 'fixed'],
  compatibility: ['none', 'official'],
  data: ['auto', 'mnist', 'digits'],
} as const;

const POSITIVE = ['lambda', 'alphaStep', 'changedTarget'] as const;

/** Throws a RangeError that names the first option which cannot be, its constraint and the value received. */
export function checkConfig(config: DiscreteVaeConfig): void {
  const demands = demandsOf('dvae', config);
  const demand = demands.that;
  demands.oneOf(CHOICES);
  demand(
    [undefined, 'central', 'forward'].includes(config.difference),
    'difference',
    'central, forward or left out',
  );
  demands.whole(WHOLE);
  demands.positive(...POSITIVE);
  const { k, codeSize, temperature, trainCount, batchSize, noise, method, perturbation } = config;
  demand(
    Number.isInteger(k) && k >= 1 && k <= codeSize,
    'k',
    `an integer in [1, ${codeSize}], the size of a code`,
  );
  demand(Number.isFinite(temperature) && temperature >= 0, 'temperature', 'a number of at least 0');
  demand(
    config.hidden.length === 2 && config.hidden.every((n) => Number.isInteger(n) && n >= 1),
    'hidden',
    'two positive integers',
  );
  demand(batchSize <= trainCount, 'batchSize', `at most trainCount, ${trainCount}`);
  if (method === 'aimle' && perturbation === 'noise-scaled') {
    demand(noise !== 'none', 'noise', 'other than none for the noise-scaled perturbation');
    demand(temperature > 0, 'temperature', 'above 0 for the noise-scaled perturbation');
  }
}
