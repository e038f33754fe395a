import type { Adam } from '@aimle/engine';
import { saveCheckpoint } from '../checkpoint/checkpoints.js';
import type { Progress } from '../checkpoint/progress.js';
import { weightsOf } from '../checkpoint/weights.js';
import type { Metrics } from '../contracts/progress.js';
import type { Session } from '../contracts/session.js';
import type { RunEngine } from '../run/run.js';
import type { RunStore } from '../run/store.js';
import { EpochMeans } from './epochMeans.js';
import type { Journal } from './journal.js';
import type { RunKeys } from './keys.js';
import { loggable, metricsOf } from './metricsOf.js';
import { Pace } from './pace.js';
import { trainStep } from './step.js';

/** What a {@link Trainer} works with. */
export interface Workplace<Batch> {
  readonly task: string;
  readonly session: Session<Batch>;
  readonly store: RunStore;
  readonly journal: Journal;
  readonly optimiser: Adam;
  /** Of a step, counted from 0. */
  readonly learningRate: (step: number) => number;
  readonly keys: RunKeys;
  readonly engine: RunEngine;
  /** The number of steps to end at. */
  readonly steps: number;
  readonly checkpointSeconds: number;
  readonly signal: AbortSignal | undefined;
}

/** The loop: steps, epochs and checkpoints, from wherever the run stands to its end. */
export class Trainer<Batch> {
  readonly #at: Workplace<Batch>;
  readonly #pace = new Pace();
  readonly #began = performance.now();
  readonly #secondsBefore: number;
  #step: number;
  #means: EpochMeans;
  #train: Metrics | null;
  #validation: Metrics | null;
  #best: Progress['best'];
  #saved: { step: number; time: number } | null = null;

  constructor(workplace: Workplace<Batch>, from: Progress | null) {
    this.#at = workplace;
    this.#secondsBefore = from?.seconds ?? 0;
    this.#step = from?.step ?? 0;
    this.#means = new EpochMeans(from?.means);
    this.#train = from?.train ?? null;
    this.#validation = from?.validation ?? null;
    this.#best = from?.best ?? null;
    if (from !== null) this.#saved = { step: from.step, time: performance.now() };
  }

  /** Trains to the end, or until the signal; either way the run is saved when this returns. */
  async train(): Promise<Progress> {
    try {
      // A first checkpoint before the first step: a disk that is full or slow shows at once.
      if (this.#saved === null) await this.#save();
      await this.#trainSteps();
      if (this.#step === this.#at.steps && this.#insideEpoch) await this.#closeEpoch();
      if (this.#saved?.step !== this.#step) await this.#save();
      return this.#progress(this.#at.journal.length);
    } catch (error) {
      await this.#at.journal.settle().catch(() => {}); // the first error is the one to tell
      throw this.#withLastGoodState(error);
    }
  }

  async #trainSteps(): Promise<void> {
    const { steps, signal, journal, checkpointSeconds } = this.#at;
    while (this.#step < steps && !signal?.aborted) {
      await this.#trainStep();
      if (!this.#insideEpoch) await this.#closeEpoch();
      else if (performance.now() - this.#saved!.time >= checkpointSeconds * 1000) await this.#save();
      if (this.#pace.due) {
        await journal.flushNowAndThen();
        await this.#pace.rest();
      }
    }
  }

  async #trainStep(): Promise<void> {
    const { session, optimiser, learningRate, keys, journal } = this.#at;
    const step = this.#step + 1;
    const epoch = Math.floor(this.#step / session.stepsPerEpoch);
    const index = this.#step % session.stepsPerEpoch;
    const { sum, count } = await atStep(step, epoch, index, async () => {
      const batch = session.batch(epoch, index);
      optimiser.learningRate = learningRate(this.#step);
      try {
        return await trainStep(session.model, batch, keys.step(step), optimiser);
      } finally {
        session.disposeBatch(batch);
      }
    });
    const observations = loggable(session.model.observations());
    this.#step = step;
    this.#means.add('loss', sum, count);
    for (const [name, value] of Object.entries(observations)) {
      if (value !== null) this.#means.add(name, value);
    }
    journal.line({
      kind: 'step',
      step,
      epoch: epoch + 1,
      loss: sum / count,
      ...observations,
      seconds: this.#seconds,
    });
  }

  /** Validates and saves. An epoch that the run's end cuts short stays open, so that a longer run can go on in it. */
  async #closeEpoch(): Promise<void> {
    const { session, keys, journal } = this.#at;
    const metricsLength = journal.length;
    const { monitor = 'validation' } = session;
    const measured = metricsOf(await session.evaluate(monitor, keys.evaluation(monitor)));
    const validation = monitor === 'validation' ? measured : null;
    const best = this.#isBest(validation);
    if (best) this.#best = { step: this.#step, validation: validation! };
    this.#validation = validation;
    this.#train = this.#means.values();
    journal.line({
      kind: 'epoch',
      step: this.#step,
      epoch: Math.ceil(this.#step / session.stepsPerEpoch),
      train: this.#train!,
      validation,
      test: monitor === 'test' ? measured : null,
      best,
      seconds: this.#seconds,
    });
    if (this.#insideEpoch) {
      await this.#save(metricsLength);
    } else {
      this.#means = new EpochMeans();
      await this.#save();
    }
  }

  #isBest(validation: Metrics | null): boolean {
    const { selection } = this.#at.session;
    if (selection === undefined) return false;
    const { metric, better } = selection;
    const value = validation?.[metric];
    if (value === undefined) {
      throw new Error(
        `the session selects by ${metric}, which its validation does not measure; ` +
          `it measures ${Object.keys(validation ?? {}).join(', ') || 'nothing'}`,
      );
    }
    if (value === null) return false;
    // A resumed run that ended inside an epoch measures the same step again.
    if (this.#best === null || this.#best.step === this.#step) return true;
    const record = this.#best.validation[metric]!;
    return better === 'lower' ? value < record : value > record;
  }

  async #save(metricsLength = this.#at.journal.length): Promise<void> {
    const { session, store, journal, optimiser } = this.#at;
    const weights = await weightsOf(session.model.parameters);
    await journal.settle();
    const progress = this.#progress(metricsLength);
    await saveCheckpoint(store, weights, progress, optimiser.exportState());
    this.#saved = { step: this.#step, time: performance.now() };
    if (progress.best?.step === this.#step)
      journal.tell({ kind: 'checkpoint', name: 'best', step: this.#step });
    journal.tell({ kind: 'checkpoint', name: 'last', step: this.#step });
  }

  #progress(metricsLength: number): Progress {
    const { task, engine, session } = this.#at;
    return {
      task,
      engine,
      data: session.data,
      stepsPerEpoch: session.stepsPerEpoch,
      step: this.#step,
      seconds: this.#seconds,
      model: session.model.state(),
      means: this.#means.state(),
      metricsLength,
      train: this.#train,
      validation: this.#validation,
      best: this.#best,
    };
  }

  get #insideEpoch(): boolean {
    return this.#step % this.#at.session.stepsPerEpoch !== 0;
  }

  get #seconds(): number {
    return this.#secondsBefore + (performance.now() - this.#began) / 1000;
  }

  #withLastGoodState(error: unknown): Error {
    const problem = error instanceof Error ? error.message : String(error);
    const good =
      this.#saved === null
        ? 'Nothing was saved yet.'
        : `The last checkpoint, of step ${this.#saved.step}, is untouched in ${this.#at.store.name}.`;
    return new Error(`${problem}\n${good}`, { cause: error });
  }
}

async function atStep<T>(step: number, epoch: number, index: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new Error(`step ${step} (epoch ${epoch + 1}, batch ${index + 1}): ${problem}`, { cause: error });
  }
}
