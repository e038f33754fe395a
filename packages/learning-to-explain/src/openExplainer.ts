import { openSession, type RunStore } from '@aimle/training';
import type { Prediction } from './predict.js';
import type { LearningToExplainConfig } from './settings.js';
import { learningToExplain } from './task.js';

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
  { note, dataFolder }: ExplainerOptions = {},
): Promise<Explainer> {
  const { config, session } = await openSession(learningToExplain, location, {
    ...(dataFolder !== undefined && { dataFolder }),
    onEvent: (event) => event.kind === 'note' && note?.(event.message),
  });
  return { config, explain: session.explain, dispose: session.dispose };
}
