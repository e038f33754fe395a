import type { Progress } from '../checkpoint/checkpoint.js';
import { bestCheckpoint } from '../checkpoint/runCheckpoints.js';
import { messageOf } from '../errors.js';
import { type Metrics, metricsOf } from '../metrics/metrics.js';
import { type RunSummary, summaryOf } from '../run/runSummary.js';
import { restoreSession, runKeys } from './prepareSession.js';
import type { TrainerContext } from './trainer.js';

/** Tests the best checkpoint (or the last), draws the figures, and returns the summary; an interrupted run only gets the summary. */
export async function finalise<Batch>(
  context: TrainerContext<Batch>,
  progress: Progress,
): Promise<RunSummary> {
  const { run, signal } = context;
  const outcome = {
    checkpoint: progress.best === null ? 'last' : 'best',
    interrupted: signal?.aborted === true,
    validation: progress.best?.validation ?? progress.validation,
  } as const;
  if (outcome.interrupted) return summaryOf(run, progress, { ...outcome, test: null });
  try {
    const test = await testAndDraw(context, progress);
    return summaryOf(run, progress, { ...outcome, test });
  } catch (error) {
    throw new Error(
      `${messageOf(error)}\nTraining is done and saved; resume ${run.store.name} to repeat its test.`,
      { cause: error },
    );
  }
}

async function testAndDraw<Batch>(
  { run, session, config, logger }: TrainerContext<Batch>,
  progress: Progress,
): Promise<Metrics | null> {
  const keys = runKeys(config.seed);
  const step = progress.best?.step ?? progress.step;
  if (step !== progress.step) {
    const best = await bestCheckpoint(run.store);
    if (best === null) {
      throw new Error(
        `the best checkpoint of ${run.store.name} is missing; resume with more epochs to get another`,
      );
    }
    restoreSession(session, run, best);
  }
  const test = metricsOf(await session.evaluate('test', keys.evaluation('test')));
  if (test !== null) {
    const epoch = Math.ceil(step / session.stepsPerEpoch);
    const checkpoint = progress.best === null ? 'last' : 'best';
    logger.append({ kind: 'test', step, epoch, checkpoint, test, seconds: progress.seconds });
  }
  await logger.sync();
  const figures = await session.figures(keys.figures);
  await run.store.write('figures.json', new TextEncoder().encode(`${JSON.stringify(figures)}\n`));
  return test;
}
