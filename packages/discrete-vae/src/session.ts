import type { ImageSet } from '@aimle/datasets';
import type { JsonValue, Layer } from '@aimle/estimators';
import { foldIn, type Key, key } from '@aimle/random';
import {
  epochOrder,
  type Figure,
  type Model,
  type Session,
  stepMetrics,
  type TaskContext,
} from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { codeLayer } from './codes.js';
import { loadSplits, pixelsAt, type Splits } from './data.js';
import { figuresOf } from './figures.js';
import { codeDivergence, reconstructionLoss } from './loss.js';
import { DiscreteVaeNetwork, PIXELS, reconstruct } from './network.js';
import type { DiscreteVaeConfig } from './settings.js';

/** A batch: pixels [B, 784]. */
export type DiscreteVaeBatch = tf.Tensor2D;

/** Loads the data and builds the model. */
export async function prepare(
  config: DiscreteVaeConfig,
  context: TaskContext,
): Promise<Session<DiscreteVaeBatch>> {
  const splits = await loadSplits(config, context);
  const origin = key(config.seed);
  const network = new DiscreteVaeNetwork(config, foldIn(origin, 'weights'));
  const layer = codeLayer(config);
  const order = epochOrder(foldIn(origin, 'order'), config.trainCount);
  return {
    model: new DiscreteVae(network, layer, config.samples),
    data: splits.description,
    stepsPerEpoch: Math.floor(config.trainCount / config.batchSize),
    batch: (epoch, index) => {
      const from = index * config.batchSize;
      const chosen = order(epoch, from, from + config.batchSize);
      return tf.tensor2d(pixelsAt(splits.train, chosen), [chosen.length, PIXELS]);
    },
    disposeBatch: (batch) => batch.dispose(),
    monitor: splits.validation === null ? 'test' : 'validation',
    ...(splits.validation === null
      ? {}
      : { selection: { metric: 'negative_elbo', split: 'validation', better: 'lower' } as const }),
    evaluate: async (split, evaluationKey) =>
      evaluate(network, layer, setOf(splits, split), config, evaluationKey),
    figures: async (figureKey): Promise<Figure[]> =>
      figuresOf(network, layer, splits.test, config, figureKey),
    dispose: () => network.dispose(),
  };
}

class DiscreteVae implements Model<DiscreteVaeBatch> {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #network: DiscreteVaeNetwork;
  readonly #layer: Layer;
  readonly #samples: number;

  constructor(network: DiscreteVaeNetwork, layer: Layer, samples: number) {
    this.#network = network;
    this.#layer = layer;
    this.#samples = samples;
    this.parameters = network.parameters;
  }

  losses(pixels: DiscreteVaeBatch, stepKey: Key): tf.Tensor1D {
    const { theta, logits } = reconstruct(this.#network, this.#layer, pixels, this.#samples, stepKey);
    return reconstructionLoss(logits, pixels).mean<tf.Tensor1D>(1).add(codeDivergence(theta));
  }

  observations(): Record<string, number> {
    return stepMetrics(this.#layer.lastStep);
  }

  state(): JsonValue {
    return this.#layer.state;
  }

  restore(state: JsonValue): void {
    this.#layer.state = state;
  }
}

function setOf(splits: Splits, split: 'validation' | 'test'): ImageSet {
  const set = splits[split];
  if (set === null) throw new RangeError('dvae: this run has no validation images: validationCount is 0');
  return set;
}

/**
 * Averages over a set, with codes drawn as in training: bce of one sample, kl, their sum, and the official code's test
 * loss, bce + kl / S (deviation D19).
 */
async function evaluate(
  network: DiscreteVaeNetwork,
  layer: Layer,
  set: ImageSet,
  config: DiscreteVaeConfig,
  evaluationKey: Key,
): Promise<Record<string, number>> {
  let bce = 0;
  let kl = 0;
  for (let from = 0, index = 0; from < set.count; from += config.batchSize, index++) {
    const indices = Array.from({ length: Math.min(config.batchSize, set.count - from) }, (_, i) => from + i);
    const sums = tf.tidy(() => {
      const pixels = tf.tensor2d(pixelsAt(set, indices), [indices.length, PIXELS]);
      const { theta, logits } = reconstruct(
        network,
        layer,
        pixels,
        config.samples,
        foldIn(evaluationKey, index),
      );
      return tf.stack([reconstructionLoss(logits, pixels).mean(1).sum(), codeDivergence(theta).sum()]);
    });
    const [batchBce, batchKl] = (await sums.data()) as unknown as [number, number];
    sums.dispose();
    bce += batchBce;
    kl += batchKl;
  }
  bce /= set.count;
  kl /= set.count;
  return { negative_elbo: bce + kl, bce, kl, official_loss: bce + kl / config.samples };
}
