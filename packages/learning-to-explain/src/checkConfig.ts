import { type Demands, demandsOf } from '@aimle/training';
import type { LearningToExplainConfig } from './config.js';

const CHOICES = {
  method: ['aimle', 'imle', 'straight-through', 'l2x', 'relaxed-subset', 'simple', 'score-function'],
  noise: ['gumbel', 'sum-of-gamma', 'normal', 'none'],
  perturbation: ['noise-scaled', 'paper', 'fixed'],
  aspect: ['appearance', 'aroma', 'palate', 'taste', 'score'],
  data: ['auto', 'beer-advocate', 'reviews-synthetic', 'texts'],
  vectors: ['auto', 'trained'],
  ties: ['first', 'all'],
  concrete: ['greatest', 'single'],
  relaxedNoise: ['gumbel', 'negative-gumbel'],
  chosenBefore: ['all', 'last'],
  truncate: ['end', 'beginning'],
  tested: ['best', 'last'],
  sampleLoss: ['mean', 'sum'],
  padding: ['masked', 'selectable'],
} as const;

const WHOLE = {
  batchSize: 1,
  samples: 1,
  draws: 1,
  maxLength: 1,
  hidden: 1,
  trainCount: 0,
  validationCount: 1,
  testCount: 1,
} as const;

const POSITIVE = ['lambda', 'alphaStep', 'changedTarget'] as const;

/** Throws a RangeError that names the first option which cannot be, its constraint and the value received. */
export function checkConfig(config: LearningToExplainConfig): void {
  const demands = demandsOf('l2x', config);
  const demand = demands.that;
  demands.oneOf(CHOICES);
  demand(
    [undefined, 'central', 'forward'].includes(config.difference),
    'difference',
    'central, forward or left out',
  );
  demands.whole(WHOLE);
  demands.positive(...POSITIVE);
  const { k, maxLength, temperature, relaxation, dropout, scoreRange, trainCount, batchSize } = config;
  demand(
    Number.isInteger(k) && k >= 1 && k <= maxLength,
    'k',
    `an integer in [1, ${maxLength}], the words that are read`,
  );
  demand(Number.isFinite(temperature) && temperature >= 0, 'temperature', 'a number of at least 0');
  demand(Number.isFinite(relaxation) && relaxation >= 0, 'relaxation', 'a number of at least 0');
  demand(dropout >= 0 && dropout < 1, 'dropout', 'a number in [0, 1)');
  demand(
    scoreRange.length === 2 && scoreRange.every(Number.isFinite) && scoreRange[0] < scoreRange[1],
    'scoreRange',
    'two numbers, the less one first',
  );
  demand(trainCount === 0 || batchSize <= trainCount, 'batchSize', `at most trainCount, ${trainCount}`);
  checkData(config, demand);
  checkNoise(config, demand);
}

type Demand = Demands<LearningToExplainConfig>['that'];

function checkData({ data, texts, aspect }: LearningToExplainConfig, demand: Demand): void {
  demand((data === 'texts') === (texts !== ''), 'texts', 'a file with data texts, and empty otherwise');
  demand(
    (data === 'texts') === (aspect === 'score'),
    'aspect',
    data === 'texts' ? 'score with data texts' : 'one of appearance, aroma, palate, taste',
  );
}

function checkNoise(
  { method, noise, temperature, perturbation }: LearningToExplainConfig,
  demand: Demand,
): void {
  if (method !== 'aimle' || perturbation !== 'noise-scaled') return;
  demand(noise !== 'none', 'noise', 'other than none for the noise-scaled perturbation');
  demand(temperature > 0, 'temperature', 'above 0 for the noise-scaled perturbation');
}
