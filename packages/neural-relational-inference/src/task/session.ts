import { foldIn, type Key, key, permutation } from '@aimle/random';
import type { Session, TaskContext } from '@aimle/training';
import type * as tf from '@tensorflow/tfjs';
import { edgeChoice } from '../choice/edgeChoice.js';
import { LossBaseline } from '../choice/lossBaseline.js';
import { isDirected } from '../choice/structures.js';
import { type Evaluation, evaluate } from '../evaluation/evaluate.js';
import { marginalsOf } from '../evaluation/marginals.js';
import { Network } from '../model/network.js';
import { batchOf, scaleOf } from '../motion/batch.js';
import type { RelationalConfig } from './config.js';
import { figuresOf, snapshotsFigure } from './figures.js';
import { RelationalModel } from './model.js';
import { loadRecordings } from './recordings.js';
import { Snapshots } from './snapshots.js';

/** A batch is its motion, [B, T, D, n], mapped to [-1, 1]. */
export type RelationalBatch = tf.Tensor4D;

/** Simulates or reads the recordings and builds the model: ready to train. */
export async function prepare(
  config: RelationalConfig,
  context: TaskContext,
): Promise<Session<RelationalBatch>> {
  const recordings = await loadRecordings(config, context);
  const { train } = recordings;
  const { vertices, frames, dimensions } = train;
  const { hidden, method, structure, batchSize } = config;
  const origin = key(config.seed);
  const directed = isDirected(structure);
  const network = new Network({ vertices, frames, dimensions, hidden, directed }, foldIn(origin, 'weights'));
  const baseline =
    method === 'nvil'
      ? new LossBaseline(frames * dimensions * vertices, hidden, foldIn(origin, 'weights'))
      : null;
  const choice = edgeChoice(config, vertices, baseline?.predict);
  const { layer, divergence } = choice;
  const scale = scaleOf(train);
  const order = epochOrder(foldIn(origin, 'order'), train.count);
  const monitor = recordings.validation === null ? 'test' : 'validation';
  const snapshots = new Snapshots();
  const parts = { network, choice, baseline, config, snapshots };
  const model = new RelationalModel({ ...parts, trainedOn: { frames, vertices, dimensions, ...scale } });
  return {
    model,
    data: recordings.sentence,
    stepsPerEpoch: Math.floor(train.count / batchSize),
    batch: (epoch, index) => {
      const from = index * batchSize;
      return batchOf(train, order(epoch).subarray(from, from + batchSize), scale);
    },
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
      return flat(evaluate(network, layer, motions, { scale, key: evaluationKey, divergence }));
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

/** The order of the recordings in each epoch: a permutation of its own, the same however often it is asked for. */
function epochOrder(origin: Key, count: number): (epoch: number) => Int32Array {
  let known = Number.NaN;
  let order: Int32Array = new Int32Array(0);
  return (epoch) => {
    if (epoch !== known) order = permutation(foldIn(origin, epoch), count);
    known = epoch;
    return order;
  };
}

function flat({ official, ...consistent }: Evaluation): Record<string, number> {
  return {
    ...consistent,
    ...Object.fromEntries(Object.entries(official).map(([name, value]) => [`official_${name}`, value])),
  };
}
