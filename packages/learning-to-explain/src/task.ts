import type { Task } from '@aimle/training';
import type { LearningToExplainBatch } from './model.js';
import type { ExplainingSession, prepare } from './session.js';
import { type LearningToExplainConfig, settings } from './settings.js';

/** The task; its sessions can also explain texts. */
export interface LearningToExplainTask extends Task<LearningToExplainConfig, LearningToExplainBatch> {
  prepare(...given: Parameters<typeof prepare>): Promise<ExplainingSession>;
}

/**
 * Learning to explain as a task for `trainTask`: a selector picks the k words of a text that explain its rating of an aspect, a
 * predictor sees only these, and both are trained on the prediction's error, through the choice.
 *
 *   loss[b] = mean_s (rating(z[b, s]) - y[b])^2
 *
 * Presets: `paper` is the published setting on BeerAdvocate (aroma, k = 10, batches of 40, Adam with 1e-3, 20 epochs);
 * `quick` is minutes on two cores, with generated reviews where BeerAdvocate's files are missing.
 *
 * @example
 * ```ts
 * import { learningToExplain } from '@aimle/learning-to-explain';
 *
 * learningToExplain.presets.paper.batchSize; // => 40
 * ```
 * @see arXiv:2209.04862, section 5; the official code's `cli/l2x-cli.py`. Chen, Song, Wainwright, Jordan 2018,
 * arXiv:1802.07814.
 */
export const learningToExplain: LearningToExplainTask = {
  ...settings,
  // Loaded on use, so that reading the settings, for example for help, does not load TensorFlow.js.
  prepare: async (config, context) => (await import('./session.js')).prepare(config, context),
  parallel: {
    module: import.meta.url,
    exportedAs: 'learningToExplain',
    refusal: ({ method }) =>
      method === 'simple' || method === 'score-function'
        ? `the method ${method} draws for the whole batch`
        : null,
  },
};
