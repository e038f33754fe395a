import type { Task } from '@aimle/training';
import type { PathBatch } from './session.js';
import { type PathConfig, settings } from './settings.js';

/**
 * Trains a network to read costs of cells from a picture of terrain: the shortest path through them is the discrete
 * choice, and the true path is all that it learns from.
 *
 *   loss[b] = mean_s sum_cells [z differs from the true path],   or the Fenchel-Young loss of the costs
 *
 * `quick` is minutes on two cores, on maps that we draw; `paper` the official code's setting for Warcraft maps.
 * @example
 * ```ts
 * import { shortestPaths } from '@aimle/shortest-paths';
 *
 * shortestPaths.presets.paper.batchSize; // => 70
 * ```
 * @see Vlastelica and others 2020, arXiv:1912.02175, section 4.1; the official code's `cli/warcraft-cli.py`.
 */
export const shortestPaths: Task<PathConfig, PathBatch> = {
  ...settings,
  // Loaded when it is asked for: what only reads the settings, such as help, need not wait for TensorFlow.js.
  prepare: async (config, context) => (await import('./session.js')).prepare(config, context),
  parallel: { module: import.meta.url, exportedAs: 'shortestPaths' },
};
