import type { JsonValue } from '../contracts/json.js';
import type { Metrics } from '../contracts/progress.js';
import type { MeansState } from '../loop/epochMeans.js';
import type { RunEngine } from '../run/run.js';

/**
 * Everything that a run needs to go on, apart from weights and moments: the `state` of a checkpoint.
 *
 * @example
 * ```ts
 * import type { Progress } from '@aimle/training';
 *
 * const epochsDone = ({ step, stepsPerEpoch }: Progress) => Math.floor(step / stepsPerEpoch);
 * ```
 */
export interface Progress {
  readonly task: string;
  /** The engine that computed the weights. */
  readonly engine: RunEngine;
  /** The session's sentence on its data, so that other data is refused when it is resumed or evaluated. */
  readonly data: string;
  readonly stepsPerEpoch: number;
  /** Updates done. */
  readonly step: number;
  /** Seconds of training until here. */
  readonly seconds: number;
  /** The model's adaptive state. */
  readonly model: JsonValue;
  /** Sums over the steps of the epoch that is under way. */
  readonly means: MeansState;
  /** Bytes of `metrics.jsonl` that belong to this checkpoint. */
  readonly metricsLength: number;
  /** Means of the latest epoch that was closed. */
  readonly train: Metrics | null;
  /** The latest validation. */
  readonly validation: Metrics | null;
  /** The step and validation of the best checkpoint so far. */
  readonly best: { readonly step: number; readonly validation: Metrics } | null;
}
