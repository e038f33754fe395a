import type { JsonValue, Layer } from '@aimle/estimators';
import { foldIn, type Key, key, permutation } from '@aimle/random';
import type { Model, Session, TaskContext } from '@aimle/training';
import type * as tf from '@tensorflow/tfjs';
import { type Evaluation, evaluate } from '../evaluation/evaluate.js';
import { Network } from '../model/network.js';
import { batchOf, scaleOf } from '../motion/batch.js';
import { gumbelDivergence } from '../objective/divergence.js';
import { negativeLogLikelihood } from '../objective/likelihood.js';
import type { RelationalConfig } from './config.js';
import { figuresOf } from './figures.js';
import { loadRecordings } from './recordings.js';
import { treeLayer } from './treeLayer.js';

/** A batch is its motion, [B, T, D, n], mapped to [-1, 1]. */
export type RelationalBatch = tf.Tensor4D;

/** Simulates or reads the recordings and builds the model: ready to train. */
export async function prepare(
  config: RelationalConfig,
  context: TaskContext,
): Promise<Session<RelationalBatch>> {
  const recordings = await loadRecordings(config, context);
  const { train } = recordings;
  const origin = key(config.seed);
  const { vertices, frames, hidden } = config;
  const network = new Network(
    { vertices, frames, dimensions: train.dimensions, hidden },
    foldIn(origin, 'weights'),
  );
  const layer = treeLayer(config);
  const scale = scaleOf(train);
  const order = epochOrder(foldIn(origin, 'order'), train.count);
  return {
    model: new RelationalModel(network, layer, config),
    data: recordings.sentence,
    stepsPerEpoch: Math.floor(train.count / config.batchSize),
    batch: (epoch, index) => {
      const from = index * config.batchSize;
      return batchOf(train, order(epoch).subarray(from, from + config.batchSize), scale);
    },
    disposeBatch: (batch) => batch.dispose(),
    monitor: recordings.validation === null ? 'test' : 'validation',
    ...(recordings.validation && {
      selection: { metric: 'elbo', split: 'validation', better: 'higher' } as const,
    }),
    evaluate: async (split, evaluationKey) => {
      const motions = recordings[split];
      if (motions === null) return {};
      return flat(evaluate(network, layer, motions, { scale, key: evaluationKey }));
    },
    figures: async (figuresKey) => figuresOf(network, layer, recordings.test, scale, figuresKey),
    dispose: () => network.dispose(),
  };
}

class RelationalModel implements Model<RelationalBatch> {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #network: Network;
  readonly #layer: Layer;
  readonly #config: RelationalConfig;
  #last: ReturnType<Layer['apply']>['info'] | null = null;

  constructor(network: Network, layer: Layer, config: RelationalConfig) {
    this.#network = network;
    this.#layer = layer;
    this.#config = config;
    this.parameters = network.parameters;
  }

  losses(motion: RelationalBatch, stepKey: Key): tf.Tensor1D {
    const { dropout, samples, predictionSteps, vertices } = this.#config;
    const pass = { training: true, dropout, key: foldIn(stepKey, 'dropout') };
    const theta = this.#network.encode(motion, pass);
    const { z, info } = this.#layer.apply(theta, { key: foldIn(stepKey, 'tree'), samples });
    this.#last = info;
    const predictions = this.#network.decode(motion, z as tf.Tensor3D, predictionSteps, pass);
    return negativeLogLikelihood(predictions, motion)
      .mean<tf.Tensor1D>(1)
      .add(gumbelDivergence(theta, vertices));
  }

  observations(): Record<string, number> {
    const { lambda, changedCoordinates, sparsity } = this.#last ?? {};
    const known = Object.entries({ lambda, changed: changedCoordinates, sparsity });
    return Object.fromEntries(
      known.filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
    );
  }

  state(): JsonValue {
    return this.#layer.state;
  }

  restore(state: JsonValue): void {
    this.#layer.state = state;
  }
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
