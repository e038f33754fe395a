import { boundSettings } from '../checkpoint/boundSettings.js';
import type { Progress } from '../checkpoint/checkpoint.js';
import type { Selection, Session } from '../contracts/session.js';
import {
  EpochMeans,
  type Metrics,
  type MetricsLine,
  metricsOf,
  observationFields,
} from '../metrics/metrics.js';
import { engineInUse, type RunRecord } from '../run/run.js';
import type { StepLosses } from './trainStep.js';

/** The position of a run: counts steps and epochs, averages over them, and keeps the best validation. */
export class RunProgress {
  readonly #of: Pick<Progress, 'task' | 'settings'>;
  readonly #session: Session<unknown>;
  readonly #began: number;
  readonly #secondsBefore: number;
  #means: EpochMeans;
  #at: Pick<Progress, 'step' | 'train' | 'validation' | 'best'>;

  /** @param from Progress of the run that continues, or null for a new one. */
  constructor(
    { task, config }: Pick<RunRecord, 'task' | 'config'>,
    { session, began }: { readonly session: Session<unknown>; readonly began: number },
    from: Progress | null,
  ) {
    this.#of = { task, settings: boundSettings(config) };
    this.#session = session;
    this.#began = began;
    this.#secondsBefore = from?.seconds ?? 0;
    this.#means = new EpochMeans(from?.means);
    const { step = 0, train = null, validation = null, best = null } = from ?? {};
    this.#at = { step, train, validation, best };
  }

  /** Updates done. */
  get step(): number {
    return this.#at.step;
  }

  /** Epoch and index of the next batch, counted from 0. */
  get next(): { readonly epoch: number; readonly index: number } {
    const { stepsPerEpoch } = this.#session;
    return { epoch: Math.floor(this.step / stepsPerEpoch), index: this.step % stepsPerEpoch };
  }

  get insideEpoch(): boolean {
    return this.next.index !== 0;
  }

  /** Whether the best validation is that of the latest step. */
  get isAtBest(): boolean {
    return this.#at.best?.step === this.step;
  }

  /** Counts a step. */
  addStep({ sum, count }: StepLosses): MetricsLine {
    const { epoch } = this.next;
    const observations = observationFields(this.#session.model.observations());
    this.#at = { ...this.#at, step: this.step + 1 };
    this.#means.add('loss', sum, count);
    for (const [name, value] of Object.entries(observations)) {
      if (value !== null) this.#means.add(name, value);
    }
    return {
      kind: 'step',
      step: this.step,
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
    const record = this.isAtBest ? null : (this.#at.best?.validation ?? null);
    const best = selection !== undefined && isBetter(selection, validation, record);
    const { step } = this;
    const train = this.#means.values();
    this.#at = { step, train, validation, best: best ? { step, validation: validation! } : this.#at.best };
    return {
      kind: 'epoch',
      step,
      epoch: Math.ceil(step / stepsPerEpoch),
      train: train!,
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
  snapshot(metricsLength: number, metricsSha256?: string | null): Progress {
    const { data, stepsPerEpoch, model } = this.#session;
    const { step, ...latest } = this.#at;
    return {
      ...this.#of,
      engine: engineInUse(),
      data,
      stepsPerEpoch,
      step,
      seconds: this.#seconds,
      model: model.state(),
      means: this.#means.state(),
      metricsLength,
      ...(metricsSha256 && { metricsSha256 }),
      ...latest,
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
