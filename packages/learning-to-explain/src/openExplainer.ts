import { dataFolder } from '@aimle/datasets';
import { loadWeights, openRun, RequestError, type RunStore, readCheckpoint } from '@aimle/training';
import type { Prediction } from './predict.js';
import { prepare } from './session.js';
import { type LearningToExplainConfig, settings } from './settings.js';

/** A trained model that explains texts. */
export interface Explainer {
  readonly config: LearningToExplainConfig;
  /** Predicts the rating of each text, given as words, and the words it was predicted from. */
  explain(texts: readonly (readonly string[])[]): Promise<Prediction[]>;
  /** Frees the model. */
  dispose(): void;
}

/** Settings of {@link openExplainer}. */
export interface ExplainerOptions {
  /** Called with messages that the user should read once. */
  readonly note?: (message: string) => void;
  /** Where data sets are. Default: `dataFolder()` of @aimle/datasets. */
  readonly dataFolder?: string;
}

/**
 * Opens a run to explain texts with its best checkpoint, or its last if it has no best. The run's data must still be
 * present: it has the words that the model knows and their vectors.
 *
 * @param location The run directory, or a store.
 * @throws `RequestError` when there is no such run or checkpoint, it is of another task, or the data is not what it was
 * trained on.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { learningToExplain, openExplainer } from '@aimle/learning-to-explain';
 * import { memoryStore, trainTask } from '@aimle/training';
 *
 * await useEngine('auto', { report: () => {} });
 * const config = {
 *   ...learningToExplain.presets.quick, data: 'reviews-synthetic', trainCount: 40, validationCount: 5, testCount: 5, steps: 1, k: 2,
 * } as const;
 * const run = memoryStore('small');
 * await trainTask(learningToExplain, config, { run, dataFolder: '' });
 * const explainer = await openExplainer(run, { dataFolder: '' });
 * const [prediction] = await explainer.explain([['the', 'nose', 'was', 'floral']]);
 * prediction!.chosen.length; // => 2
 * explainer.dispose();
 * ```
 */
export async function openExplainer(
  location: string | RunStore,
  { note = () => {}, dataFolder: folder = dataFolder() }: ExplainerOptions = {},
): Promise<Explainer> {
  const { store, record } = await openRun(location);
  if (record.task !== 'l2x') {
    throw new RequestError(`${store.name} is a run of the task ${record.task}, and explain takes one of l2x`);
  }
  const config = settings.check(record.config);
  const [best, last] = ['checkpoints/best.safetensors', 'checkpoints/last.safetensors'];
  const path = (await store.read(best)) === null ? last : best;
  const bytes = await store.read(path);
  if (bytes === null) throw new RequestError(`${store.name} has no checkpoint yet; train it first`);
  const { weights, training } = await readCheckpoint(bytes, `${store.name}/${path}`);
  const session = await prepare(config, { folder, note });
  try {
    const trainedOn = training?.progress.data;
    if (trainedOn !== undefined && trainedOn !== session.data) {
      throw new RequestError(
        `${store.name} was trained on other data than is present now, so its token ids have other meanings.\n` +
          `then: ${trainedOn}\nnow: ${session.data}`,
      );
    }
    loadWeights(session.model.parameters, weights, `${store.name}/${path}`);
  } catch (error) {
    session.dispose();
    throw error;
  }
  return { config, explain: session.explain, dispose: session.dispose };
}
