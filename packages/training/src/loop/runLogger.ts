import type { Progress } from '../checkpoint/checkpoint.js';
import type { BeginStep } from '../contracts/session.js';
import { type EventFile, openEventFile } from '../metrics/eventFile.js';
import { type MetricsFile, type MetricsLine, openMetricsFile } from '../metrics/metrics.js';
import type { RunStore } from '../run/runStore.js';
import type { RunSummary } from '../run/runSummary.js';

/**
 * What {@link trainTask} reports while it runs: every line of the metrics as it is written, and
 *
 * - `start`: after preparation; `step` is where a resumed run continues, `beginSteps` what comes before the first step.
 * - `begin`: after each of those.
 * - `note`: a message for the user.
 * - `checkpoint`: one was saved; `name` is `last` or `best`.
 * - `end`: the summary, just before it is returned.
 */
export type TrainEvent =
  | MetricsLine
  | {
      readonly kind: 'start';
      readonly task: string;
      readonly title: string;
      readonly run: string;
      readonly data: string;
      readonly engine: string;
      /** How many workers share each step. */
      readonly workers: number;
      readonly parameters: number;
      readonly step: number;
      readonly steps: number;
      readonly stepsPerEpoch: number;
      readonly beginSteps: number;
    }
  | ({ readonly kind: 'begin' } & BeginStep)
  | { readonly kind: 'note'; readonly message: string }
  | { readonly kind: 'checkpoint'; readonly name: 'last' | 'best'; readonly step: number }
  | { readonly kind: 'end'; readonly summary: RunSummary };

/** Logs a run: each line goes to the metrics, to TensorBoard's file and to `onEvent`. */
export class RunLogger {
  readonly #metrics: MetricsFile;
  readonly #events: EventFile;
  readonly #onEvent: (event: TrainEvent) => void;
  #flushed = performance.now();

  private constructor(metrics: MetricsFile, events: EventFile, onEvent: (event: TrainEvent) => void) {
    this.#metrics = metrics;
    this.#events = events;
    this.#onEvent = onEvent;
  }

  /** Opens the files, to continue after the metrics of a checkpoint, or from the beginning. */
  static async open(
    store: RunStore,
    from: Pick<Progress, 'metricsLength' | 'step'> | null,
    onEvent: (event: TrainEvent) => void,
  ): Promise<RunLogger> {
    const { metricsLength, step } = from ?? { metricsLength: 0, step: 0 };
    const metrics = await openMetricsFile(store, metricsLength);
    if (metrics.length < metricsLength) {
      onEvent({
        kind: 'note',
        message: `metrics.jsonl has lost lines from before the checkpoint of step ${step}; training is not affected.`,
      });
    }
    return new RunLogger(metrics, await openEventFile(store, step), onEvent);
  }

  /** Bytes of metrics so far. */
  get length(): number {
    return this.#metrics.length;
  }

  append(line: MetricsLine): void {
    this.#metrics.append(line);
    this.#events.append(line);
    this.#onEvent(line);
  }

  notify(event: Exclude<TrainEvent, MetricsLine>): void {
    this.#onEvent(event);
  }

  /** Writes lines to the store about once a second, so that the files can be watched. */
  async flushOccasionally(): Promise<void> {
    if (performance.now() - this.#flushed < 1000) return;
    await this.#metrics.flush();
    await this.#events.flush();
    this.#flushed = performance.now();
  }

  /** Writes every line to the disk. */
  async sync(): Promise<void> {
    await this.#metrics.sync();
    await this.#events.flush();
  }
}
