import { foldIn, type Key, key } from '@aimle/random';
import { type BeginStep, epochOrder, type Session, type TaskContext } from '@aimle/training';
import { edgeChoice } from '../choice/edgeChoice.js';
import { LossBaseline } from '../choice/lossBaseline.js';
import { isDirected } from '../choice/structures.js';
import { evaluate } from '../evaluation/evaluate.js';
import { marginalsOf } from '../evaluation/marginals.js';
import { RelationalNetwork } from '../model/network.js';
import { batchOf, type RelationalBatch, scaleOf } from '../motion/batch.js';
import { figuresOf, snapshotsFigure } from './figures.js';
import { relationalModel } from './model.js';
import { loadRecordings } from './recordings.js';
import type { RelationalConfig } from './settings.js';
import { Snapshots } from './snapshots.js';
import { bestStart, copyWeights, STEPS_PER_START } from './starts.js';

export async function prepare(
  config: RelationalConfig,
  context: TaskContext,
): Promise<Session<RelationalBatch>> {
  const recordings = await loadRecordings(config, context);
  const { train } = recordings;
  const { vertices, frames, dimensions } = train;
  const { hidden, method, structure, batchSize, starts } = config;
  const origin = key(config.seed);
  const directed = isDirected(structure);
  const scale = scaleOf(train);
  const trainedOn = { frames, vertices, dimensions, ...scale };
  const build = (weights: Key) => {
    const network = new RelationalNetwork({ vertices, frames, dimensions, hidden, directed }, weights);
    const baseline =
      method === 'nvil' ? new LossBaseline(frames * dimensions * vertices, hidden, weights) : null;
    const choice = edgeChoice(config, vertices, baseline?.predict);
    const snapshots = new Snapshots();
    const model = relationalModel({ network, choice, baseline, config, snapshots, trainedOn });
    return { network, choice, snapshots, model };
  };
  const { network, choice, snapshots, model } = build(foldIn(origin, 'weights'));
  const { layer, divergence } = choice;
  const stepsPerEpoch = Math.floor(train.count / batchSize);
  const order = epochOrder(foldIn(origin, 'order'), train.count);
  const batch = (epoch: number, index: number, from = 0, to = batchSize): RelationalBatch => {
    const first = index * batchSize;
    return batchOf(train, order(epoch, first + from, first + to), scale);
  };
  const begin = async (onStep: (done: BeginStep) => void): Promise<void> => {
    const best = await bestStart(
      (index) => build(foldIn(origin, index === 0 ? 'weights' : `weights ${index}`)),
      {
        config,
        key: foldIn(origin, 'starts'),
        batch: (step) => batch(Math.floor(step / stepsPerEpoch), step % stepsPerEpoch),
        context,
        onStep,
      },
    );
    copyWeights(model, best.model);
    choice.estimator.state = best.choice.estimator.state;
  };
  const beginSteps = starts * STEPS_PER_START;
  const steps = config.steps ?? config.epochs * stepsPerEpoch;
  // Starts that take longer than the run are no help to it.
  const trying = starts > 1 && beginSteps <= steps;
  const monitor = recordings.validation === null ? 'test' : 'validation';
  return {
    model,
    data: recordings.description,
    stepsPerEpoch,
    ...(trying && { begin, beginSteps }),
    batch,
    parts: { size: () => batchSize, batch },
    disposeBatch: (batch) => batch.dispose(),
    monitor,
    ...(recordings.validation && {
      selection: { metric: 'elbo', split: 'validation', better: 'higher' } as const,
    }),
    evaluate: async (split, evaluationKey) => {
      const motions = recordings[split];
      if (motions === null) return {};
      if (split === monitor) {
        snapshots.take(marginalsOf(network, layer, motions, { scale, key: evaluationKey, indices: [0] }));
      }
      const found = evaluate(network, layer, motions, { scale, key: evaluationKey, divergence });
      const { official, ...consistent } = found;
      const prefixed = Object.entries(official).map(([name, value]) => [`official/${name}`, value]);
      return { ...consistent, ...Object.fromEntries(prefixed) };
    },
    figures: async (figuresKey) => [
      ...figuresOf(network, layer, recordings.test, { scale, key: figuresKey }),
      ...snapshotsFigure(snapshots.taken, recordings[monitor]!, directed),
    ],
    dispose: () => {
      for (const variable of model.parameters.values()) variable.dispose();
    },
  };
}
