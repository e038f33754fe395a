import { key } from '@aimle/random';
import { loadWeights, openCheckpoint, type RunStore } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { cellsAlong } from '../drawMap.js';
import { shortest } from '../maps.js';
import { CELL_PIXELS, CostNetwork } from '../network.js';
import { type PathConfig, settings } from '../settings.js';
import type { Picture } from './readPicture.js';

/** What a network says of a picture. */
export interface PathPrediction {
  /** Of each cell, above 0, in the network's own unit: [height, width]. */
  readonly costs: Float32Array;
  /** Cells of the shortest path from top left to bottom right, as 1: [height, width]. */
  readonly path: Uint8Array;
  /** The same cells in the order of the steps. */
  readonly steps: readonly (readonly [row: number, column: number])[];
}

/** A trained network that finds paths on pictures of terrain. */
export interface PathPredictor {
  readonly config: PathConfig;
  /** Finds the path on a picture of any size: the network reads every cell the same way. */
  predict(picture: Picture): Promise<PathPrediction>;
  /** Frees the network. */
  dispose(): void;
}

/**
 * Opens a run to find paths with its best checkpoint, else its last. Its data need not be there.
 *
 * @param location - the run directory, or a store.
 * @param options - `note` is called with a warning, such as that the last checkpoint is damaged and the one before is used.
 * @throws RequestError when there is no such run or checkpoint, or it is of another task.
 * @example
 * ```ts
 * import { generateTerrain } from '@aimle/datasets';
 * import { useEngine } from '@aimle/engine';
 * import { key } from '@aimle/random';
 * import { openPathPredictor, shortestPaths } from '@aimle/shortest-paths';
 * import { memoryStore, trainTask } from '@aimle/training';
 *
 * await useEngine('auto', { report: () => {} });
 * const counts = { trainCount: 20, validationCount: 5, testCount: 5, steps: 1 };
 * const run = memoryStore('small');
 * await trainTask(shortestPaths, { ...shortestPaths.presets.quick, ...counts }, { run, dataFolder: '' });
 * const predictor = await openPathPredictor(run);
 * const { pictures } = generateTerrain({ count: 1, height: 6, width: 9, key: key(1) });
 * const { steps } = await predictor.predict({ height: 6, width: 9, pixels: pictures });
 * steps.at(-1); // => [5, 8]
 * predictor.dispose();
 * ```
 */
export async function openPathPredictor(
  location: string | RunStore,
  { note }: { readonly note?: (message: string) => void } = {},
): Promise<PathPredictor> {
  const { config, weights, path: name, warning } = await openCheckpoint(settings, location);
  if (warning !== undefined) note?.(warning);
  const network = new CostNetwork({ channels: config.channels, key: key(0) });
  try {
    loadWeights(network.parameters, weights, name);
  } catch (error) {
    network.dispose();
    throw error;
  }
  return {
    config,
    async predict({ height, width, pixels }) {
      const [rows, columns] = [height * CELL_PIXELS, width * CELL_PIXELS];
      const read = tf.tidy(() =>
        network.costs(tf.tensor4d(Float32Array.from(pixels), [1, rows, columns, 3])),
      );
      const costs = await read.data<'float32'>();
      read.dispose();
      const path = shortest(costs, { count: 1, height, width });
      return { costs, path, steps: cellsAlong(path, width) };
    },
    dispose: () => network.dispose(),
  };
}
