import type { Progress } from '../checkpoint/checkpoint.js';
import type { Selection, Session } from '../contracts/session.js';
import {
  EpochMeans,
  type Metrics,
  type MetricsLine,
  metricsOf,
  observationFields,
} from '../metrics/metrics.js';
import { engineInUse } from '../run/run.js';
import type { StepLosses } from './trainStep.js';

/**
 * Counts the steps and epochs of a run, averages over them, and keeps the best validation: the run's position without its
 * weights. Its lines go to the metrics, its snapshots into checkpoints.
 */
export class RunProgress {
  readonly #task: string;
  readonly #session: Session<unknown>;
  readonly #began = performance.now();
  readonly #secondsBefore: number;
  #step: number;
  #means: EpochMeans;
  #train: Metrics | null;
  #validation: Metrics | null;
  #best: Progress['best'];

  /** @param from Progress of the run that continues, or null for a new one. */
  constructor(task: string, session: Session<unknown>, from: Progress | null) {
    this.#task = task;
    this.#session = session;
    this.#secondsBefore = from?.seconds ?? 0;
    this.#step = from?.step ?? 0;
    this.#means = new EpochMeans(from?.means);
    this.#train = from?.train ?? null;
    this.#validation = from?.validation ?? null;
    this.#best = from?.best ?? null;
  }

  /** Updates done. */
  get step(): number {
    return this.#step;
  }

  /** Epoch and index of the next batch, counted from 0. */
  get next(): { readonly epoch: number; readonly index: number } {
    const { stepsPerEpoch } = this.#session;
    return { epoch: Math.floor(this.#step / stepsPerEpoch), index: this.#step % stepsPerEpoch };
  }

  get insideEpoch(): boolean {
    return this.next.index !== 0;
  }

  /** Whether the best validation is that of the latest step. */
  get isAtBest(): boolean {
    return this.#best?.step === this.#step;
  }

  /** Counts a step. */
  addStep({ sum, count }: StepLosses): MetricsLine {
    const { epoch } = this.next;
    const observations = observationFields(this.#session.model.observations());
    this.#step += 1;
    this.#means.add('loss', sum, count);
    for (const [name, value] of Object.entries(observations)) {
      if (value !== null) this.#means.add(name, value);
    }
    return {
      kind: 'step',
      step: this.#step,
      epoch: epoch + 1,
      loss: sum / count,
      ...observations,
      seconds: this.#seconds,
    };
  }

  /**
   * Closes the epoch with the metrics of the monitored split. The means stay open, because a longer run continues an epoch
   * that the run's end cut short; {@link beginEpoch} starts the next.
   */
  closeEpoch(measured: Readonly<Record<string, number>>): MetricsLine {
    const { monitor = 'validation', selection, stepsPerEpoch } = this.#session;
    const metrics = metricsOf(measured);
    const validation = monitor === 'validation' ? metrics : null;
    // A resumed run that ended inside an epoch measures the same step again.
    const record = this.isAtBest ? null : (this.#best?.validation ?? null);
    const best = selection !== undefined && isBetter(selection, validation, record);
    if (best) this.#best = { step: this.#step, validation: validation! };
    this.#validation = validation;
    this.#train = this.#means.values();
    return {
      kind: 'epoch',
      step: this.#step,
      epoch: Math.ceil(this.#step / stepsPerEpoch),
      train: this.#train!,
      validation,
      test: monitor === 'test' ? metrics : null,
      best,
      seconds: this.#seconds,
    };
  }

  /** Starts the means of the next epoch. */
  beginEpoch(): void {
    this.#means = new EpochMeans();
  }

  /** Returns the progress for a checkpoint. */
  snapshot(metricsLength: number): Progress {
    const { data, stepsPerEpoch, model } = this.#session;
    return {
      task: this.#task,
      engine: engineInUse(),
      data,
      stepsPerEpoch,
      step: this.#step,
      seconds: this.#seconds,
      model: model.state(),
      means: this.#means.state(),
      metricsLength,
      train: this.#train,
      validation: this.#validation,
      best: this.#best,
    };
  }

  get #seconds(): number {
    return this.#secondsBefore + (performance.now() - this.#began) / 1000;
  }
}

/** Whether a validation is better than the record; a value that is not finite never is. */
function isBetter(
  { metric, better }: Selection,
  validation: Metrics | null,
  record: Metrics | null,
): boolean {
  const value = validation?.[metric];
  if (value === undefined) {
    throw new Error(
      `the session selects by ${metric}, which its validation does not measure; ` +
        `it measures ${Object.keys(validation ?? {}).join(', ') || 'nothing'}`,
    );
  }
  if (value === null) return false;
  if (record === null) return true;
  return better === 'lower' ? value < record[metric]! : value > record[metric]!;
}
