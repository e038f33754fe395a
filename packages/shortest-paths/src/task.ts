import type { Task } from '@aimle/training';
import type { PathBatch } from './session.js';
import { type PathConfig, settings } from './settings.js';

/**
 * Shortest paths on terrain maps as a task for `trainTask`: a network reads costs of cells from a picture, the shortest
 * path through them is the discrete choice, and the true path is all that it learns from.
 *
 *   loss[b] = mean_s sum_cells [z differs from the true path],   or the Fenchel-Young loss of the costs
 *
 * Presets: `quick` is minutes on two cores, on maps of our own generator; `paper` is the setting of the official code on
 * the Warcraft maps, with our network, which is smaller, and a learning rate that decays by degrees.
 *
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
};
