import type { Progress } from '../checkpoint/checkpoint.js';
import { EpochMeans, type Metrics } from '../metrics/metrics.js';
import { engineInUse, type Run } from './run.js';

/** The result of a run: the JSON document that `aimle train` and `aimle evaluate` print. */
export interface RunSummary {
  /** The task's name. */
  readonly task: string;
  /** The configuration's `method`; null where the task has none. */
  readonly method: string | null;
  /** The run directory. */
  readonly run: string;
  /** The engine that computed these numbers. */
  readonly engine: string;
  readonly seed: number;
  /** Updates done by the whole run; for an evaluation, by the checkpoint that was evaluated. */
  readonly steps: number;
  /** Whole epochs done. */
  readonly epochs: number;
  /** Seconds of training, over all resumptions. */
  readonly seconds: number;
  readonly metrics: {
    /** Means over the steps of the latest epoch, whole or not; null before the first step. */
    readonly train: Metrics | null;
    /** Null when there is no validation split, or none was measured yet. Belongs to the tested checkpoint. */
    readonly validation: Metrics | null;
    /** Null when there is no test split, or the run was interrupted before it. */
    readonly test: Metrics | null;
  };
  /** The checkpoint that `validation` and `test` belong to. */
  readonly checkpoint: 'best' | 'last';
  /** True when the run was stopped before its end; resume it to continue. */
  readonly interrupted: boolean;
  /** The session's sentence about its data. */
  readonly data: string;
}

type Outcome = Pick<RunSummary, 'checkpoint' | 'interrupted'> &
  Pick<RunSummary['metrics'], 'validation' | 'test'>;

export function summaryOf(
  { store, record }: Run,
  progress: Progress,
  { checkpoint, interrupted, validation, test }: Outcome,
): RunSummary {
  const { method = null, seed } = record.config as { method?: string; seed: number };
  const train = new EpochMeans(progress.means).values() ?? progress.train;
  return {
    task: record.task,
    method,
    run: store.name,
    engine: engineInUse().name,
    seed,
    steps: progress.step,
    epochs: Math.floor(progress.step / progress.stepsPerEpoch),
    seconds: progress.seconds,
    metrics: { train, validation, test },
    checkpoint,
    interrupted,
    data: progress.data,
  };
}
