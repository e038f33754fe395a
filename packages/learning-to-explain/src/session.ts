import { foldIn, key } from '@aimle/random';
import { epochOrder, type Session, type TaskContext } from '@aimle/training';
import { loadSplits, type RatedTexts, type Splits } from './data/loadSplits.js';
import { figuresOf } from './figures.js';
import { explainingModel, type LearningToExplainBatch } from './model.js';
import { ExplainerNetwork } from './network/network.js';
import { subsetPrecision } from './precision.js';
import { type Prediction, predict } from './predict.js';
import { choiceOf, selectionEstimator } from './selection/selection.js';
import type { LearningToExplainConfig } from './settings.js';
import { fitting } from './text/layout.js';

/** A session that can also explain texts. */
export interface ExplainingSession extends Session<LearningToExplainBatch> {
  /** Predicts the ratings of texts, given as words, and the words behind them. */
  explain(texts: readonly (readonly string[])[]): Promise<Prediction[]>;
}

/** Loads the data and builds the model, to train it and to explain texts. */
export async function prepare(
  config: LearningToExplainConfig,
  context: TaskContext,
): Promise<ExplainingSession> {
  const splits = await loadSplits(config, context);
  const { train, marked, vocabulary } = splits;
  const count = train.texts.length;
  if (count < config.batchSize) {
    throw new RangeError(
      `l2x: batchSize must be at most the ${count} texts to train on, got ${config.batchSize}`,
    );
  }
  const origin = key(config.seed);
  const network = new ExplainerNetwork({ ...config, embedding: splits.embedding }, foldIn(origin, 'weights'));
  const solver = choiceOf(config);
  const read = (texts: readonly Int32Array[]): Promise<Prediction[]> =>
    predict(network, solver, texts, config);
  const order = epochOrder(foldIn(origin, 'order'), count);
  const batch = (epoch: number, index: number, from = 0, to = config.batchSize): LearningToExplainBatch => {
    const first = index * config.batchSize;
    const chosen = order(epoch, first + from, first + to);
    return {
      texts: Array.from(chosen, (place) => train.texts[place]!),
      ratings: Float32Array.from(chosen, (place) => train.ratings[place]!),
    };
  };
  return {
    model: explainingModel(network, selectionEstimator(config), config),
    data: splits.description,
    stepsPerEpoch: Math.floor(count / config.batchSize),
    batch,
    parts: { size: () => config.batchSize, batch },
    disposeBatch: () => {},
    ...(config.tested === 'best'
      ? { selection: { metric: 'mse100', split: 'validation', better: 'lower' } as const }
      : {}),
    evaluate: async (split) => ({
      mse100: meanSquaredError(splits[split], await read(splits[split].texts)),
      ...(split === 'test' && marked.length > 0 ? await precisionOf(splits, read, config) : {}),
    }),
    figures: async () => figuresOf(marked, await read(marked.map(({ ids }) => ids)), config),
    explain: async (texts) => {
      const { maxLength, truncate } = config;
      return read(texts.map((tokens) => fitting(vocabulary.ids(tokens), maxLength, truncate)));
    },
    dispose: () => network.dispose(),
  };
}

function meanSquaredError({ ratings }: RatedTexts, predictions: readonly Prediction[]): number {
  const sum = predictions.reduce((all, { rating }, i) => all + (rating - ratings[i]!) ** 2, 0);
  return (100 * sum) / predictions.length;
}

async function precisionOf(
  { marked }: Splits,
  read: (texts: readonly Int32Array[]) => Promise<Prediction[]>,
  { k }: LearningToExplainConfig,
): Promise<Record<string, number>> {
  const { micro, macro, chance } = subsetPrecision(marked, await read(marked.map(({ ids }) => ids)), k);
  return { subset_precision: micro, macro_precision: macro, chance_precision: chance };
}
