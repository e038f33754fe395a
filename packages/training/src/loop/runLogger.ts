import type { Progress } from '../checkpoint/checkpoint.js';
import { type MetricsFile, type MetricsLine, openMetricsFile } from '../metrics/metrics.js';
import type { RunStore } from '../run/runStore.js';
import type { RunSummary } from '../run/runSummary.js';
import { type EventFile, openEventFile } from '../tensorboard/eventFile.js';

/**
 * What {@link trainTask} reports while it works: every line of the metrics as it is written, and
 *
 * - `start`: before the first step, once the task is prepared; `step` is where a resumed run goes on from.
 * - `note`: something that the user should read once.
 * - `checkpoint`: one was saved; `name` is `last` or `best`.
 * - `end`: the summary that is about to be returned.
 *
 * @example
 * ```ts
 * import type { TrainEvent } from '@aimle/training';
 *
 * const losses: number[] = [];
 * const onEvent = (event: TrainEvent) => {
 *   if (event.kind === 'step') losses.push(event.loss);
 * };
 * onEvent({ kind: 'step', step: 1, epoch: 1, loss: 0.5, seconds: 0 });
 * losses; // => [0.5]
 * ```
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
      readonly parameters: number;
      readonly step: number;
      readonly steps: number;
      readonly stepsPerEpoch: number;
    }
  | { readonly kind: 'note'; readonly message: string }
  | { readonly kind: 'checkpoint'; readonly name: 'last' | 'best'; readonly step: number }
  | { readonly kind: 'end'; readonly summary: RunSummary };

/** Records what happens in a run: each line goes to the metrics, to TensorBoard's file and to the listener. */
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

  /** Continues after the metrics that a checkpoint knows, or from the beginning. */
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
        message: `metrics.jsonl has lost lines that the checkpoint of step ${step} knew; training itself is not affected.`,
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

  /** Hands lines to the store about once a second, for those who watch the files. */
  async flushOccasionally(): Promise<void> {
    if (performance.now() - this.#flushed < 1000) return;
    await this.#metrics.flush();
    await this.#events.flush();
    this.#flushed = performance.now();
  }

  /** Returns once every line is on the disk. */
  async sync(): Promise<void> {
    await this.#metrics.sync();
    await this.#events.flush();
  }
}
