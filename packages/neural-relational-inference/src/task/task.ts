import type { Task } from '@aimle/training';
import type { RelationalBatch } from '../motion/batch.js';
import { type RelationalConfig, settings } from './settings.js';

/**
 * Neural relational inference as a task for `trainTask`: an encoder watches vertices move and scores every pair of them, a
 * spanning tree is drawn, a decoder predicts the motion along its edges, and training minimises the prediction's error,
 * in nats per vertex, through the choice of the tree.
 *
 *   loss[b] = mean_s nll[b, s] + kl[b], the divergence counted as in the official code
 *
 * Presets: `paper` is the paper's network and its best setting for ten frames and forward differences on the graph-layout
 * data; `quick` is minutes on two cores. Metrics: those of {@link evaluate}, the official ones under `official/...`.
 *
 * @example
 * ```ts
 * import { neuralRelationalInference } from '@aimle/neural-relational-inference';
 *
 * neuralRelationalInference.presets.paper.batchSize; // => 128
 * ```
 * @see arXiv:2209.04862, section 5; the official code's `cli/nri-cli.py`.
 */
export const neuralRelationalInference: Task<RelationalConfig, RelationalBatch> = {
  ...settings,
  // Loaded on use, so that reading the settings, for example for help, does not load TensorFlow.js.
  prepare: async (config, context) => (await import('./session.js')).prepare(config, context),
  parallel: {
    module: import.meta.url,
    exportedAs: 'neuralRelationalInference',
    refusal: ({ method }) =>
      method === 'score-function' || method === 'nvil'
        ? `the method ${method} draws for the whole batch`
        : null,
  },
};
