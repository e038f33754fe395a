import type { TaskConfig } from '@aimle/training';
import type { Padding } from './text/open.js';
import type { Truncate } from './text/padding.js';

/** How the gradient passes the choice of words. */
export type Method =
  | 'aimle'
  | 'imle'
  | 'straight-through'
  | 'l2x'
  | 'relaxed-subset'
  | 'simple'
  | 'score-function';

/** Where the official code departs from its sources, each by name: what it does comes second. */
export interface Deviations {
  /** Equal scores: exactly k words, the first of equals; or all that reach the k-th score (D9). */
  readonly ties: 'first' | 'all';
  /** L2X: the greatest of k concrete draws; or one draw, which sums to 1 (D12). */
  readonly concrete: 'greatest' | 'single';
  /** Noise of the relaxations: Gumbel; or its negative (D13). */
  readonly relaxedNoise: 'gumbel' | 'negative-gumbel';
  /** The relaxed subset forgets nothing of what it chose; or all but its last choice (D14). */
  readonly chosenBefore: 'all' | 'last';
  /** Which end of a long text is cut off (D15). The official code's is ours: texts of reviews begin with what they rate. */
  readonly truncate: Truncate;
  /** Test the checkpoint that validation chose, as the official code does; or the last, as those before it (D16). */
  readonly tested: 'best' | 'last';
  /** What a text costs in training: the mean loss of its samples; or their sum, S times as much (D17). */
  readonly sampleLoss: 'mean' | 'sum';
  /** Whether padding may be chosen in place of a word; where a text has fewer than k, it always may. */
  readonly padding: Padding;
}

/**
 * The official code's ways, all of them.
 *
 * @example
 * ```ts
 * import { learningToExplain, officialWays } from '@aimle/learning-to-explain';
 *
 * const config = { ...learningToExplain.presets.paper, ...officialWays };
 * config.padding; // => 'selectable'
 * ```
 */
export const officialWays: Deviations = {
  ties: 'all',
  concrete: 'single',
  relaxedNoise: 'negative-gumbel',
  chosenBefore: 'last',
  truncate: 'end',
  tested: 'best',
  sampleLoss: 'sum',
  padding: 'selectable',
};

/** Everything that decides a run: plain JSON, kept in the run's config.json. */
export interface LearningToExplainConfig extends TaskConfig, Deviations {
  /** Texts in a step. */
  readonly batchSize: number;
  readonly method: Method;
  /** Which difference is taken; left out, the method's own: central for `aimle`, forward for `imle`. */
  readonly difference?: 'central' | 'forward';
  /** S, choices drawn for a text. */
  readonly samples: number;
  readonly noise: 'gumbel' | 'sum-of-gamma' | 'normal' | 'none';
  /** What the noise is multiplied by. */
  readonly temperature: number;
  /** How many draws of the noise an estimate of `aimle` averages; they cost choices, but no pass of the network. */
  readonly draws: number;
  /** tau of the relaxations; 0 for the published one of the method: 0.1 for `l2x`, 0.5 for `relaxed-subset`. */
  readonly relaxation: number;
  /** How far to perturb; `imle` always has a fixed size. */
  readonly perturbation: 'noise-scaled' | 'paper' | 'fixed';
  /** The fixed size; read where the perturbation is fixed. */
  readonly lambda: number;
  /** Step of the paper's controller. */
  readonly alphaStep: number;
  /** How many coordinates of a choice the paper's controller wants changed. */
  readonly changedTarget: number;
  /** Which rating is explained; texts of your own have one, `score`. */
  readonly aspect: 'appearance' | 'aroma' | 'palate' | 'taste' | 'score';
  /** How many words are chosen. */
  readonly k: number;
  /** Words of a text that are read. */
  readonly maxLength: number;
  /** Units of the predictor's hidden layer. */
  readonly hidden: number;
  /** How much of what the selector has seen is left out in training. */
  readonly dropout: number;
  /** `auto`: BeerAdvocate where its files are, else generated reviews; `texts`: a file of your own. */
  readonly data: 'auto' | 'beer-advocate' | 'reviews-synthetic' | 'texts';
  /** The file of your own: CSV or JSON Lines; empty for none. */
  readonly texts: string;
  /** Its columns. */
  readonly textColumn: string;
  readonly scoreColumn: string;
  /** The least and the greatest score in it. */
  readonly scoreRange: readonly [number, number];
  /** How many texts to train on at most; 0 for all. */
  readonly trainCount: number;
  /** How many texts are held out; read where texts are generated. */
  readonly validationCount: number;
  readonly testCount: number;
  /** `auto`: the official word vectors where they are, else our own, trained on the training texts; `trained`: our own. */
  readonly vectors: 'auto' | 'trained';
}

/** The paper's setting on BeerAdvocate, with AIMLE as its README runs it. */
export const paper: LearningToExplainConfig = {
  seed: 0,
  epochs: 20,
  learningRate: 1e-3,
  learningRateDecay: 1,
  adamEpsilon: 1e-7,
  batchSize: 40,
  method: 'aimle',
  samples: 1,
  noise: 'gumbel',
  temperature: 1,
  draws: 1,
  relaxation: 0,
  perturbation: 'paper',
  lambda: 1000,
  alphaStep: 1e-4,
  changedTarget: 1,
  aspect: 'aroma',
  k: 10,
  maxLength: 350,
  hidden: 250,
  dropout: 0.2,
  data: 'beer-advocate',
  texts: '',
  textColumn: 'text',
  scoreColumn: 'score',
  scoreRange: [0, 1],
  trainCount: 0,
  validationCount: 500,
  testCount: 1000,
  vectors: 'auto',
  ties: 'first',
  concrete: 'greatest',
  relaxedNoise: 'gumbel',
  chosenBefore: 'all',
  truncate: 'end',
  tested: 'best',
  sampleLoss: 'mean',
  padding: 'masked',
};

/** Minutes on two cores, with whatever data is at hand and a perturbation size that needs no tuning. */
export const quick: LearningToExplainConfig = {
  ...paper,
  epochs: 3,
  perturbation: 'noise-scaled',
  draws: 16,
  data: 'auto',
  trainCount: 4000,
};
