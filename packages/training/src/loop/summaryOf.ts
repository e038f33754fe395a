import type { Progress } from '../checkpoint/progress.js';
import type { RunSummary } from '../contracts/summary.js';
import type { Run } from '../run/run.js';
import { engineInUse } from './engineInUse.js';
import { EpochMeans } from './epochMeans.js';

type Outcome = Pick<RunSummary, 'checkpoint' | 'interrupted'> &
  Pick<RunSummary['metrics'], 'validation' | 'test'>;

/** The summary of a run that stands at `progress`. */
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
