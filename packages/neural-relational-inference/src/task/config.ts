import type { TaskConfig } from '@aimle/training';
import type { EdgeStructure } from '../choice/structures.js';

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
  readonly method: 'aimle' | 'imle' | 'straight-through' | 'stochastic-softmax' | 'score-function' | 'nvil';
  /**
   * Which sets of edges are possible: spanning trees; arborescences, whose edges have a direction; the best n - 1 edges;
   * or any edges, each there or not by itself.
   */
  readonly structure: EdgeStructure;
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
  /** tau, the temperature of the relaxed edges that `stochastic-softmax` trains on. */
  readonly relaxation: number;
  /** What `score-function` takes off a loss; `leave-one-out` needs two samples or more. */
  readonly baseline: 'none' | 'moving-average' | 'leave-one-out';
  /** Units of every hidden layer. */
  readonly hidden: number;
  /** Share of hidden units that is left out in training. */
  readonly dropout: number;
  /**
   * Initialisations that are tried for 80 steps each before the first step: the one with the least loss goes on, with its
   * weights and without Adam's moments. These steps count neither in `steps` nor in `epochs`. Left out: 1, which tries nothing.
   */
  readonly starts?: number;
  /** Frames that the decoder predicts in training before it sees a recorded one again; it is tested with 1. */
  readonly predictionSteps: number;
  /**
   * `simulated`: the graph-layout data, made when needed; `files`: the npy files in the data folder, of whatever origin;
   * `recordings`: a file of one's own, which also says how many vertices and frames there are.
   */
  readonly data: 'simulated' | 'files' | 'recordings';
  /** The file of `recordings`, .npy or .csv; empty for other data. */
  readonly recordings: string;
  /** The file of their true edges, .npy or .csv, or empty: they are only measured by. */
  readonly edges: string;
  readonly vertices: number;
  /** T, frames of a recording. */
  readonly frames: number;
  /**
   * How many recordings to train on, to hold out for validation, and to test on. Of a file of one's own a tenth each is
   * held out, and these are the most that are taken.
   */
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
  learningRateDecay: 1,
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
  structure: 'tree',
  relaxation: 0.5,
  baseline: 'moving-average',
  hidden: 256,
  dropout: 0,
  starts: 1,
  predictionSteps: 9,
  data: 'simulated',
  recordings: '',
  edges: '',
  vertices: 10,
  frames: 10,
  trainCount: 50_000,
  validationCount: 10_000,
  testCount: 10_000,
};

const { steps: _, difference: __, ...unlimited } = paper;

/**
 * Minutes on two cores: a smaller network, fewer recordings, a perturbation size that needs no tuning, the best of three
 * starts, and one frame predicted at a time, as it is tested: over nine in a row errors pile up, and blur which edge moved
 * what.
 */
export const quick: RelationalConfig = {
  ...unlimited,
  epochs: 10,
  learningRate: 3e-3,
  batchSize: 64,
  perturbation: 'noise-scaled',
  hidden: 64,
  starts: 3,
  predictionSteps: 1,
  trainCount: 4_000,
  validationCount: 500,
  testCount: 500,
};
