import type { Layer } from '@aimle/estimators';
import { foldIn, type Key, key } from '@aimle/random';
import { epochOrder, layerModel, type Session, type TaskContext } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { loadSplits } from './data.js';
import { figuresOf } from './figures.js';
import { type Images, pixelsAt, pixelsOf } from './images/images.js';
import { codeDivergence, reconstructionLoss } from './loss.js';
import { codeLayer, DiscreteVaeNetwork, reconstruct } from './network.js';
import type { DiscreteVaeConfig } from './settings.js';

/** A batch: pixels [B, P]. */
export type DiscreteVaeBatch = tf.Tensor2D;

export async function prepare(
  config: DiscreteVaeConfig,
  context: TaskContext,
): Promise<Session<DiscreteVaeBatch>> {
  const splits = await loadSplits(config, context);
  const origin = key(config.seed);
  const network = new DiscreteVaeNetwork(config, foldIn(origin, 'weights'), pixelsOf(splits.train));
  const layer = codeLayer(config);
  const order = epochOrder(foldIn(origin, 'order'), splits.train.count);
  const batchSize = Math.min(config.batchSize, splits.train.count);
  const selection = { metric: 'negative_elbo', split: 'validation', better: 'lower' } as const;
  const batch = (epoch: number, index: number, from = 0, to = batchSize): DiscreteVaeBatch => {
    const first = index * batchSize;
    const chosen = order(epoch, first + from, first + to);
    return tf.tensor2d(pixelsAt(splits.train, chosen), [chosen.length, network.pixels]);
  };
  return {
    model: layerModel({
      parameters: network.parameters,
      layer,
      losses(pixels: DiscreteVaeBatch, stepKey, part) {
        const { theta, logits } = reconstruct(network, layer, pixels, config.samples, stepKey, part);
        return reconstructionLoss(logits, pixels).mean<tf.Tensor1D>(1).add(codeDivergence(theta));
      },
    }),
    data: splits.description,
    stepsPerEpoch: Math.floor(splits.train.count / batchSize),
    batch,
    parts: { size: () => batchSize, batch },
    disposeBatch: (batch) => batch.dispose(),
    ...(splits.validation === null ? { monitor: 'test' } : { selection }),
    async evaluate(split, evaluationKey) {
      const set = splits[split];
      if (set === null) throw new RangeError('dvae: this run has no validation images: validationCount is 0');
      return evaluate(network, layer, set, config, evaluationKey);
    },
    figures: async (figureKey) => figuresOf(network, layer, splits, config, figureKey),
    dispose: () => network.dispose(),
  };
}

/** Averages over a set, with codes drawn as in training; the official loss is bce + kl / S (deviation D19). */
async function evaluate(
  network: DiscreteVaeNetwork,
  layer: Layer,
  set: Images,
  config: DiscreteVaeConfig,
  evaluationKey: Key,
): Promise<Record<string, number>> {
  let bce = 0;
  let kl = 0;
  for (let from = 0, index = 0; from < set.count; from += config.batchSize, index++) {
    const indices = Array.from({ length: Math.min(config.batchSize, set.count - from) }, (_, i) => from + i);
    const sums = tf.tidy(() => {
      const pixels = tf.tensor2d(pixelsAt(set, indices), [indices.length, network.pixels]);
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
