import { bestCheckpoint } from '../checkpoint/checkpoints.js';
import type { Progress } from '../checkpoint/progress.js';
import { loadWeights } from '../checkpoint/weights.js';
import type { Metrics } from '../contracts/progress.js';
import type { Session } from '../contracts/session.js';
import type { RunSummary } from '../contracts/summary.js';
import type { Run } from '../run/run.js';
import type { Journal } from './journal.js';
import type { RunKeys } from './keys.js';
import { metricsOf } from './metricsOf.js';
import { summaryOf } from './summaryOf.js';

/** A run whose training has ended, or was interrupted, at `progress`. */
export interface Trained<Batch> {
  readonly run: Run;
  readonly session: Session<Batch>;
  readonly journal: Journal;
  readonly keys: RunKeys;
  readonly progress: Progress;
  readonly interrupted: boolean;
}

/** Tests the best checkpoint (else the last), draws the figures, and sums the run up. Interrupted: sums up only. */
export async function conclude<Batch>(trained: Trained<Batch>): Promise<RunSummary> {
  const { run, progress, interrupted } = trained;
  const checkpoint = progress.best === null ? 'last' : 'best';
  const validation = progress.best?.validation ?? progress.validation;
  if (interrupted) {
    return summaryOf(run, progress, { checkpoint, interrupted, validation, test: null });
  }
  try {
    const test = await testAndDraw(trained, checkpoint);
    return summaryOf(run, progress, { checkpoint, interrupted, validation, test });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${problem}\nTraining itself is done and saved; resume ${run.store.name} to repeat its test.`,
      {
        cause: error,
      },
    );
  }
}

async function testAndDraw<Batch>(
  { run, session, journal, keys, progress }: Trained<Batch>,
  checkpoint: 'best' | 'last',
): Promise<Metrics | null> {
  const step = progress.best?.step ?? progress.step;
  if (step !== progress.step) await restoreBest(run, session);
  const test = metricsOf(await session.evaluate('test', keys.evaluation('test')));
  if (test !== null) {
    const epoch = Math.ceil(step / session.stepsPerEpoch);
    journal.line({ kind: 'test', step, epoch, checkpoint, test, seconds: progress.seconds });
  }
  await journal.settle();
  const figures = await session.figures(keys.figures);
  await run.store.write('figures.json', new TextEncoder().encode(`${JSON.stringify(figures)}\n`));
  return test;
}

async function restoreBest<Batch>(run: Run, session: Session<Batch>): Promise<void> {
  const best = await bestCheckpoint(run.store);
  const place = `${run.store.name}/checkpoints/best.safetensors`;
  if (best === null) throw new Error(`${place} is gone; resume with more epochs to get another`);
  loadWeights(session.model.parameters, best.weights, place);
  session.model.restore(best.training.progress.model);
}
