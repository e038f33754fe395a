import { key } from '@aimle/random';
import { loadWeights, openCheckpoint, type RunStore } from '@aimle/training';
import { edgeChoice } from '../choice/edgeChoice.js';
import { isDirected } from '../choice/structures.js';
import { marginalsOf } from '../evaluation/marginals.js';
import { RelationalNetwork } from '../model/network.js';
import { pairsOf } from '../model/pairs.js';
import { checkMotions, type Motions } from '../motion/motions.js';
import { type TrainedOn, trainedOnIn } from '../task/model.js';
import { type RelationalConfig, settings } from '../task/settings.js';

/** A trained model that predicts which vertices of a recording interact. */
export interface EdgePredictor {
  readonly config: RelationalConfig;
  /** Required sizes of recordings, and the scale of their positions. */
  readonly trainedOn: TrainedOn;
  /** Whether edges are directed. */
  readonly directed: boolean;
  /**
   * Estimates how often each edge is drawn, [count, vertices, vertices] in [0, 1]: row by column, 0 on the diagonal, and
   * symmetric unless edges are directed.
   *
   * @param draws - per recording; default 100. The standard error of a share p is sqrt(p (1 - p) / draws).
   * @throws RangeError when recordings have other numbers of frames, vertices or dimensions than those of training, or
   * as {@link checkMotions}.
   */
  marginals(motions: Motions, options?: { readonly draws?: number; readonly seed?: number }): Float32Array;
  /** Frees the model. */
  dispose(): void;
}

/**
 * Opens a run to predict edges with its best checkpoint, or its last if it has no best. The run's data is not needed.
 *
 * @param location - the run directory, or a store.
 * @param options - `note` is called with a warning, such as that the last checkpoint is damaged and the one before is used.
 * @throws RequestError when there is no such run or checkpoint, or it is of another task.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import {
 *   neuralRelationalInference, openEdgePredictor, simulateGraphLayout,
 * } from '@aimle/neural-relational-inference';
 * import { key } from '@aimle/random';
 * import { memoryStore, trainTask } from '@aimle/training';
 *
 * await useEngine('auto', { report: () => {} });
 * const config = {
 *   ...neuralRelationalInference.presets.quick,
 *   starts: 1,
 *   vertices: 4, hidden: 8, trainCount: 64, validationCount: 10, testCount: 10, steps: 1,
 * };
 * const run = memoryStore('small');
 * await trainTask(neuralRelationalInference, config, { run, dataFolder: '' });
 * const predictor = await openEdgePredictor(run);
 * const marginals = predictor.marginals(simulateGraphLayout({ count: 1, vertices: 4, key: key(9) }));
 * marginals.reduce((sum, p) => sum + p, 0) / 2; // => ~3
 * predictor.dispose();
 * ```
 */
export async function openEdgePredictor(
  location: string | RunStore,
  { note }: { readonly note?: (message: string) => void } = {},
): Promise<EdgePredictor> {
  const { config, weights, training, path, warning } = await openCheckpoint(settings, location);
  if (warning !== undefined) note?.(warning);
  const trainedOn = trainedOnIn(training.progress.model);
  const { frames, vertices, dimensions } = trainedOn;
  const directed = isDirected(config.structure);
  const network = new RelationalNetwork(
    { frames, vertices, dimensions, hidden: config.hidden, directed },
    key(0),
  );
  try {
    const own = [...weights].filter(([name]) => network.parameters.has(name));
    loadWeights(network.parameters, new Map(own), path);
  } catch (error) {
    network.dispose();
    throw error;
  }
  // The baseline of nvil is used in training only.
  const method = config.method === 'nvil' ? 'score-function' : config.method;
  const { layer } = edgeChoice({ ...config, method }, vertices);
  return {
    config,
    trainedOn,
    directed,
    marginals(motions, { draws = 100, seed = 0 } = {}) {
      checkMotions({ ...motions, edges: null }, 'predict');
      for (const name of ['vertices', 'frames', 'dimensions'] as const) {
        if (motions[name] !== trainedOn[name]) {
          throw new RangeError(
            `predict: ${name} of the recordings must be those of training, ${trainedOn[name]}, got ${motions[name]}`,
          );
        }
      }
      if (!Number.isSafeInteger(draws) || draws < 1) {
        throw new RangeError(`predict: draws must be an integer of at least 1, got ${String(draws)}`);
      }
      const marginals = marginalsOf(network, layer, motions, { scale: trainedOn, key: key(seed), draws });
      return asMatrices(marginals, motions, directed);
    },
    dispose: () => network.dispose(),
  };
}

function asMatrices(marginals: Float32Array, { count, vertices }: Motions, directed: boolean): Float32Array {
  const { edges, edge, sender, receiver } = pairsOf(vertices, directed);
  const matrices = new Float32Array(count * vertices ** 2);
  for (let b = 0; b < count; b++) {
    edge.forEach((e, pair) => {
      matrices[(b * vertices + sender[pair]!) * vertices + receiver[pair]!] = marginals[b * edges + e]!;
    });
  }
  return matrices;
}
