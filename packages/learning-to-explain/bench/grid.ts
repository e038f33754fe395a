/**
 * Trains every method on every setting for the same number of steps, and appends one line of JSON to a file for each run;
 * runs already in the file are skipped, so that two processes can share the seeds. BeerAdvocate's files must be in the data folder.
 *
 * usage: AIMLE_DATA=FOLDER node --conditions=@aimle/source --import tsx bench/grid.ts FILE [STEPS [TEST_TEXTS [SEEDS]]]
 *   such as: runs.jsonl 250 1000 0,1,2
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dataFolder } from '@aimle/datasets';
import { adam, useEngine } from '@aimle/engine';
import { foldIn, key, randomPermutation } from '@aimle/random';
import { trainStep } from '@aimle/training';
import { loadSplits, type Splits } from '../src/data/loadSplits.js';
import { learningToExplain } from '../src/index.js';
import { explainingModel } from '../src/model.js';
import { ExplainerNetwork } from '../src/network/network.js';
import { subsetPrecision } from '../src/precision.js';
import { predict } from '../src/predict.js';
import { choiceOf, selectionEstimator } from '../src/selection/selection.js';
import type { LearningToExplainConfig } from '../src/settings.js';

const methods: Readonly<Record<string, Partial<LearningToExplainConfig>>> = {
  aimle: { method: 'aimle' },
  'aimle-one-draw': { method: 'aimle', draws: 1 },
  // As in the reference runs of the official code.
  imle: { method: 'imle', noise: 'sum-of-gamma', perturbation: 'fixed' },
  'straight-through': { method: 'straight-through' },
  'relaxed-subset': { method: 'relaxed-subset' },
  l2x: { method: 'l2x' },
  simple: { method: 'simple' },
};
const settings = [
  { aspect: 'aroma', k: 10 },
  { aspect: 'appearance', k: 10 },
  { aspect: 'palate', k: 10 },
  { aspect: 'taste', k: 10 },
  { aspect: 'aroma', k: 5 },
  { aspect: 'aroma', k: 15 },
] as const;

const [file, steps = '250', testTexts = '1000', seeds = '0,1,2'] = process.argv.slice(2);
if (file === undefined) throw new Error('name the file that the lines are appended to');

await useEngine('native');
const known = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
const done = new Set(known.map((line) => nameOf(JSON.parse(line))));
const loaded = new Map<string, Splits>();
for (const seed of seeds.split(',').map(Number)) {
  for (const setting of settings) {
    for (const [method, own] of Object.entries(methods)) {
      const run = { ...setting, method, seed, steps: Number(steps) };
      if (done.has(nameOf(run))) continue;
      const config: LearningToExplainConfig = {
        ...learningToExplain.presets.quick,
        ...setting,
        ...own,
        seed,
        steps: Number(steps),
        data: 'beer-advocate',
        trainCount: 0,
      };
      const before = process.cpuUsage();
      const splits = await splitsOf(config);
      const result = await trained(config, splits);
      const { user, system } = process.cpuUsage(before);
      appendFileSync(file, `${JSON.stringify({ ...run, ...result, cpuSeconds: (user + system) / 1e6 })}\n`);
    }
  }
}

function nameOf(run: { aspect: string; k: number; method: string; seed: number; steps: number }): string {
  return [run.aspect, run.k, run.method, run.seed, run.steps].join(' ');
}

/** Only one is kept: the settings are in order. */
async function splitsOf(config: LearningToExplainConfig): Promise<Splits> {
  const name = `${config.aspect} ${config.seed}`;
  const kept = loaded.get(name);
  if (kept !== undefined) return kept;
  loaded.clear();
  const splits = await loadSplits(config, { folder: dataFolder(), note: () => {} });
  loaded.set(name, splits);
  return splits;
}

async function trained(config: LearningToExplainConfig, splits: Splits) {
  const { batchSize, k } = config;
  const { train, test, marked } = splits;
  const origin = key(config.seed);
  const network = new ExplainerNetwork({ ...config, embedding: splits.embedding }, foldIn(origin, 'weights'));
  const model = explainingModel(network, selectionEstimator(config), config);
  const optimiser = adam({ learningRate: config.learningRate, epsilon: config.adamEpsilon });
  const order = randomPermutation(foldIn(origin, 'order'), train.texts.length);
  const means: Record<string, number> = {};
  for (let step = 0; step < config.steps!; step++) {
    const places = order.subarray(step * batchSize, (step + 1) * batchSize);
    const batch = {
      texts: Array.from(places, (place) => train.texts[place]!),
      ratings: Float32Array.from(places, (place) => train.ratings[place]!),
    };
    await trainStep(model, batch, foldIn(foldIn(origin, 'steps'), step), optimiser);
    for (const [name, seen] of Object.entries(model.observations())) {
      means[name] = (means[name] ?? 0) + seen / config.steps!;
    }
  }
  const solver = choiceOf(config);
  const tested = test.texts.slice(0, Number(testTexts));
  const ratings = await predict(network, solver, tested, config);
  const errors = ratings.map(({ rating }, i) => (rating - test.ratings[i]!) ** 2);
  const explained = marked.map(({ ids }) => ids);
  const found = await predict(network, solver, explained, config);
  network.dispose();
  return {
    mse100: (100 * errors.reduce((sum, error) => sum + error, 0)) / errors.length,
    ...subsetPrecision(marked, found, k),
    ...means,
  };
}
