import { demandsOf, type TaskConfig } from '@aimle/training';

/**
 * Everything that decides a run of neural relational inference: plain JSON, kept in the run's config.json.
 *
 * @example
 * ```ts
 * import { neuralRelationalInference, type RelationalConfig } from '@aimle/neural-relational-inference';
 *
 * const longer: RelationalConfig = { ...neuralRelationalInference.presets.quick, epochs: 30 };
 * longer.method; // => 'aimle'
 * ```
 */
export interface RelationalConfig extends TaskConfig {
  /** Recordings in a step. */
  readonly batchSize: number;
  /** How the gradient passes the trees. */
  readonly method: 'aimle' | 'imle' | 'straight-through';
  /** Which difference is taken; where it is left out, the method's own: central for `aimle`, forward for `imle`. */
  readonly difference?: 'central' | 'forward';
  /** S, trees drawn for a recording. */
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
  /** How many edges the paper's controller wants changed; the official code counts each twice, so its 1 is 0.5 here. */
  readonly changedTarget: number;
  /** Units of every hidden layer. */
  readonly hidden: number;
  /** Share of hidden units that is left out in training. */
  readonly dropout: number;
  /** Frames that the decoder predicts in training before it sees a recorded one again; it is tested with 1. */
  readonly predictionSteps: number;
  /** `simulated`: the graph-layout data, made when needed; `files`: the npy files in the data folder, of whatever origin. */
  readonly data: 'simulated' | 'files';
  readonly vertices: number;
  /** T, frames of a recording. */
  readonly frames: number;
  /** How many recordings to train on, to hold out for validation, and to test on. */
  readonly trainCount: number;
  readonly validationCount: number;
  readonly testCount: number;
}

/** The paper's best setting for T = 10 and forward differences, as the official README runs it: 128 epochs. */
export const paper: RelationalConfig = {
  seed: 0,
  epochs: 128,
  steps: 50_000,
  learningRate: 1e-4,
  adamEpsilon: 1e-8,
  batchSize: 128,
  method: 'aimle',
  difference: 'forward',
  samples: 1,
  noise: 'sum-of-gamma',
  temperature: 1,
  perturbation: 'paper',
  lambda: 10,
  alphaStep: 1e-3,
  changedTarget: 0.5,
  hidden: 256,
  dropout: 0,
  predictionSteps: 9,
  data: 'simulated',
  vertices: 10,
  frames: 10,
  trainCount: 50_000,
  validationCount: 10_000,
  testCount: 10_000,
};

const { steps: _, difference: __, ...unlimited } = paper;

/** Minutes on two cores: a smaller network, fewer recordings, and a perturbation size that needs no tuning. */
export const quick: RelationalConfig = {
  ...unlimited,
  epochs: 10,
  learningRate: 1e-3,
  batchSize: 64,
  perturbation: 'noise-scaled',
  hidden: 64,
  trainCount: 4_000,
  validationCount: 500,
  testCount: 500,
};

const CHOICES = {
  method: ['aimle', 'imle', 'straight-through'],
  noise: ['sum-of-gamma', 'gumbel', 'normal', 'none'],
  perturbation: ['noise-scaled', 'paper', 'fixed'],
  data: ['simulated', 'files'],
} as const;

const WHOLE = {
  batchSize: 2,
  samples: 1,
  hidden: 1,
  predictionSteps: 1,
  vertices: 2,
  frames: 2,
  trainCount: 2,
  validationCount: 0,
  testCount: 1,
} as const;

/** Throws a RangeError that names the first option which cannot be, its constraint and the value received. */
export function checkConfig(config: RelationalConfig): void {
  const demands = demandsOf('nri', config);
  const demand = demands.that;
  demands.oneOf(CHOICES);
  const differences: unknown[] = [undefined, 'central', 'forward'];
  demand(differences.includes(config.difference), 'difference', 'central, forward or left out');
  demands.whole(WHOLE);
  demands.positive('lambda', 'alphaStep', 'changedTarget');
  const { temperature, dropout, batchSize, trainCount, predictionSteps, frames } = config;
  demand(Number.isFinite(temperature) && temperature >= 0, 'temperature', 'a number of at least 0');
  demand(dropout >= 0 && dropout < 1, 'dropout', 'a number in [0, 1)');
  demand(batchSize <= trainCount, 'batchSize', `at most trainCount, ${trainCount}`);
  demand(predictionSteps <= frames, 'predictionSteps', `at most frames, ${frames}`);
  if (config.method === 'aimle' && config.perturbation === 'noise-scaled') {
    demand(config.noise !== 'none', 'noise', 'other than none for the noise-scaled perturbation');
    demand(temperature > 0, 'temperature', 'above 0 for the noise-scaled perturbation');
  }
}
