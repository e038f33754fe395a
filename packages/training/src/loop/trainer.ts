import type { Progress } from '../checkpoint/checkpoint.js';
import { bestCheckpoint, saveCheckpoint } from '../checkpoint/runCheckpoints.js';
import { weightsOf } from '../checkpoint/weights.js';
import type { Session } from '../contracts/session.js';
import { messageOf } from '../errors.js';
import { type Metrics, metricsDigest, metricsOf } from '../metrics/metrics.js';
import type { Run } from '../run/run.js';
import { type RunSummary, summaryOf } from '../run/runSummary.js';
import type { TaskConfig } from '../settings/index.js';
import { type RunKeys, restoreSession, runKeys } from './prepareSession.js';
import type { RunLogger } from './runLogger.js';
import { RunProgress } from './runProgress.js';
import type { Stepper } from './stepper.js';
import type { StepLosses } from './trainStep.js';

export interface TrainerContext<Batch> {
  readonly run: Run;
  readonly session: Session<Batch>;
  readonly config: TaskConfig;
  readonly stepper: Stepper;
  readonly logger: RunLogger;
  /** Total number of steps. */
  readonly steps: number;
  readonly checkpointSeconds: number;
  readonly signal: AbortSignal | undefined;
  /** When the work began that counts in the run's time, by `performance.now()`. */
  readonly began: number;
}

/** Trains from the run's position to its end, in steps, epochs and checkpoints, and tests what was trained. */
export class Trainer<Batch> {
  readonly #context: TrainerContext<Batch>;
  readonly #keys: RunKeys;
  readonly #progress: RunProgress;
  readonly #eventLoop = new EventLoopYield();
  #saved: { step: number; time: number } | null;

  constructor(context: TrainerContext<Batch>, from: Progress | null) {
    this.#context = context;
    this.#keys = runKeys(context.config.seed);
    this.#progress = new RunProgress(context.run.record, context, from);
    this.#saved = from && { step: from.step, time: performance.now() };
  }

  /** Updates done. */
  get step(): number {
    return this.#progress.step;
  }

  /** Trains, tests the best checkpoint (or the last), draws the figures; an interrupted run is only trained and saved. */
  async run(): Promise<RunSummary> {
    const { run, signal } = this.#context;
    const progress = await this.#train();
    const outcome = {
      checkpoint: progress.best === null ? 'last' : 'best',
      interrupted: signal?.aborted === true,
      validation: progress.best?.validation ?? progress.validation,
    } as const;
    if (outcome.interrupted) return summaryOf(run, progress, { ...outcome, test: null });
    try {
      const test = await this.#testAndDraw(progress);
      return summaryOf(run, progress, { ...outcome, test });
    } catch (error) {
      const message = `${messageOf(error)}\nTraining is done and saved; resume ${run.store.name} to repeat its test.`;
      throw new Error(message, { cause: error });
    }
  }

  /** Trains to the end or until the signal, and saves the run. */
  async #train(): Promise<Progress> {
    const { logger, run, steps } = this.#context;
    const progress = this.#progress;
    try {
      // A checkpoint before the first step shows a full or slow disk at once.
      if (this.#saved === null) await this.#save();
      await this.#trainSteps();
      if (progress.step === steps && progress.insideEpoch) await this.#closeEpoch();
      if (this.#saved?.step !== progress.step) await this.#save();
      return progress.snapshot(logger.length);
    } catch (error) {
      await logger.sync().catch(() => {}); // the first error is the one to report
      const good =
        this.#saved === null
          ? 'Nothing was saved yet.'
          : `The last checkpoint, of step ${this.#saved.step}, is untouched in ${run.store.name}.`;
      throw new Error(`${messageOf(error)}\n${good}`, { cause: error });
    }
  }

  async #trainSteps(): Promise<void> {
    const { steps, signal, logger, checkpointSeconds } = this.#context;
    while (this.#progress.step < steps && !signal?.aborted) {
      logger.append(this.#progress.addStep(await this.#trainStep()));
      if (!this.#progress.insideEpoch) await this.#closeEpoch();
      else if (performance.now() - this.#saved!.time >= checkpointSeconds * 1000) await this.#save();
      if (this.#eventLoop.isDue) {
        await logger.flushOccasionally();
        await this.#eventLoop.yield();
      }
    }
  }

  async #trainStep(): Promise<StepLosses> {
    const { session, config, stepper } = this.#context;
    const { learningRate, learningRateDecay = 1 } = config;
    const { step, next } = this.#progress;
    try {
      const decayed = learningRate * learningRateDecay ** (step / session.stepsPerEpoch);
      return await stepper.step({ ...next, step: step + 1 }, decayed);
    } catch (error) {
      const place = `step ${step + 1} (epoch ${next.epoch + 1}, batch ${next.index + 1})`;
      throw new Error(`${place}: ${messageOf(error)}`, { cause: error });
    }
  }

  /** Validates and saves. */
  async #closeEpoch(): Promise<void> {
    const { session, logger } = this.#context;
    const { monitor = 'validation' } = session;
    const metricsLength = logger.length;
    const measured = await session.evaluate(monitor, this.#keys.evaluation(monitor));
    logger.append(this.#progress.closeEpoch(measured));
    if (this.#progress.insideEpoch) {
      // A longer run continues this epoch, and cuts off the line that closed it early.
      await this.#save(metricsLength);
    } else {
      this.#progress.beginEpoch();
      await this.#save();
    }
  }

  async #save(metricsLength = this.#context.logger.length): Promise<void> {
    const { run, session, logger, stepper } = this.#context;
    const { step, isAtBest } = this.#progress;
    const weights = await weightsOf(session.model.parameters);
    await logger.sync();
    const progress = this.#progress.snapshot(metricsLength, await metricsDigest(run.store, metricsLength));
    await saveCheckpoint(run.store, weights, progress, stepper.exportState());
    this.#saved = { step, time: performance.now() };
    if (isAtBest) logger.notify({ kind: 'checkpoint', name: 'best', step });
    logger.notify({ kind: 'checkpoint', name: 'last', step });
  }

  async #testAndDraw(progress: Progress): Promise<Metrics | null> {
    const { run, session, logger } = this.#context;
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
    const test = metricsOf(await session.evaluate('test', this.#keys.evaluation('test')));
    if (test !== null) {
      const epoch = Math.ceil(step / session.stepsPerEpoch);
      const checkpoint = progress.best === null ? 'last' : 'best';
      logger.append({ kind: 'test', step, epoch, checkpoint, test, seconds: progress.seconds });
    }
    await logger.sync();
    const figures = await session.figures(this.#keys.figures);
    await run.store.write('figures.json', new TextEncoder().encode(`${JSON.stringify(figures)}\n`));
    return test;
  }
}

/** Lets timers, signals and messages run between steps, ten times a second. */
class EventLoopYield {
  #last = performance.now();

  get isDue(): boolean {
    return performance.now() - this.#last >= 100;
  }

  /** Waits for one turn of the event loop. */
  async yield(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (typeof setImmediate === 'function') setImmediate(resolve);
      else setTimeout(resolve, 0);
    });
    this.#last = performance.now();
  }
}
