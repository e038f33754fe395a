import { foldIn, key } from '@aimle/random';
import { epochOrder, layerModel, type Session, type TaskContext } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { figuresOf } from './figures.js';
import { loadMaps, mapsFrom, type PathMaps, pathsOf, picturesOf, shortest } from './maps.js';
import { CostNetwork } from './network.js';
import { pathLoss } from './pathLoss.js';
import { pathMetrics } from './pathMetrics.js';
import type { PathConfig } from './settings.js';

/** Pictures [B, 8 size, 8 size, 3] and true paths [B, size^2]. */
export interface PathBatch {
  readonly pictures: tf.Tensor4D;
  readonly paths: tf.Tensor2D;
}

export async function prepare(config: PathConfig, context: TaskContext): Promise<Session<PathBatch>> {
  const { trainCount, batchSize } = config;
  const splits = await loadMaps(config, context);
  const origin = key(config.seed);
  const network = new CostNetwork({ channels: config.channels, key: foldIn(origin, 'weights') });
  const loss = pathLoss(config);
  const order = epochOrder(foldIn(origin, 'order'), trainCount);
  const selection = { metric: 'cost_ratio', split: 'validation', better: 'lower' } as const;
  const batch = (epoch: number, index: number, from = 0, to = batchSize): PathBatch => {
    const chosen = order(epoch, index * batchSize + from, index * batchSize + to);
    return { pictures: picturesOf(splits.train, chosen), paths: pathsOf(splits.train, chosen) };
  };
  return {
    model: layerModel({
      parameters: network.parameters,
      layer: loss.layer,
      losses: ({ pictures, paths }: PathBatch, stepKey, part) =>
        loss.of(network.costs(pictures), paths, stepKey, part),
    }),
    data: splits.sentence,
    stepsPerEpoch: Math.floor(trainCount / batchSize),
    batch,
    parts: { size: () => batchSize, batch },
    disposeBatch: ({ pictures, paths }) => tf.dispose([pictures, paths]),
    ...(splits.validation === null ? { monitor: 'test' } : { selection }),
    async evaluate(split) {
      const maps = splits[split];
      if (maps === null) throw new RangeError('path: this run has no validation maps: validationCount is 0');
      return pathMetrics(shortest(await costsOf(network, maps, batchSize), maps), maps);
    },
    async figures() {
      const shown = mapsFrom(splits.test, 0, Math.min(8, splits.test.count));
      return figuresOf(shown, await costsOf(network, shown, batchSize));
    },
    dispose: () => network.dispose(),
  };
}

/** The predicted costs of every map, [count, height, width]. */
async function costsOf(network: CostNetwork, maps: PathMaps, batchSize: number): Promise<Float32Array> {
  const cells = maps.height * maps.width;
  const all = new Float32Array(maps.count * cells);
  for (let from = 0; from < maps.count; from += batchSize) {
    const indices = Array.from({ length: Math.min(batchSize, maps.count - from) }, (_, i) => from + i);
    const costs = tf.tidy(() => network.costs(picturesOf(maps, indices)));
    all.set(await costs.data<'float32'>(), from * cells);
    costs.dispose();
  }
  return all;
}
