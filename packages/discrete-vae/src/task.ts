import type { Task } from '@aimle/training';
import type { DiscreteVaeBatch } from './session.js';
import { type DiscreteVaeConfig, settings } from './settings.js';

/**
 * The discrete VAE as a task for `trainTask`: an encoder picks k of n bits in each of m codes, a decoder draws the image
 * from them, and training minimises the loss, in nats per image, through the discrete choice.
 *
 *   loss[b] = mean_s bce[b, s] + kl[b]
 *
 * It is a negative evidence lower bound with the paper's divergence, that of n-way choices and not of k-subsets
 * (deviation D20): comparable with the paper's figures, not a proven bound.
 *
 * Presets: `paper` is the paper's network and settings on MNIST (784-512-256-(20x20), 10-hot codes, batches of 100, Adam
 * with 1e-3, Sum-of-Gamma noise); `quick` is minutes on two cores, with generated digits where MNIST is not available.
 *
 * @example
 * ```ts
 * import { discreteVae } from '@aimle/discrete-vae';
 *
 * discreteVae.presets.paper.batchSize; // => 100
 * ```
 * @see arXiv:2209.04862, section 5; the official code's `cli/vae-cli.py`.
 */
export const discreteVae: Task<DiscreteVaeConfig, DiscreteVaeBatch> = {
  ...settings,
  // Loaded on use, so that reading the settings, for example for help, does not load TensorFlow.js.
  prepare: async (config, context) => (await import('./session.js')).prepare(config, context),
  parallel: { module: import.meta.url, exportedAs: 'discreteVae' },
};
