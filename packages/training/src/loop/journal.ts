import type { Progress } from '../checkpoint/progress.js';
import type { MetricsLine, TrainEvent } from '../contracts/progress.js';
import { type EventLog, openEvents } from '../events/eventLog.js';
import { type MetricsLog, openMetrics } from '../run/metrics.js';
import type { RunStore } from '../run/store.js';

/** Everything that is told of a run: each line goes to the metrics, to TensorBoard's file and to the listener. */
export class Journal {
  readonly #metrics: MetricsLog;
  readonly #events: EventLog;
  readonly #onEvent: (event: TrainEvent) => void;
  #flushed = performance.now();

  private constructor(metrics: MetricsLog, events: EventLog, onEvent: (event: TrainEvent) => void) {
    this.#metrics = metrics;
    this.#events = events;
    this.#onEvent = onEvent;
  }

  /** Goes on after the metrics that a checkpoint knows, or from the beginning. */
  static async open(
    store: RunStore,
    from: Pick<Progress, 'metricsLength' | 'step'> | null,
    onEvent: (event: TrainEvent) => void,
  ): Promise<Journal> {
    const { metricsLength, step } = from ?? { metricsLength: 0, step: 0 };
    const metrics = await openMetrics(store, metricsLength);
    if (metrics.length < metricsLength) {
      onEvent({
        kind: 'note',
        message: `metrics.jsonl has lost lines that the checkpoint of step ${step} knew; training itself is not affected.`,
      });
    }
    return new Journal(metrics, await openEvents(store, step), onEvent);
  }

  /** Bytes of metrics so far. */
  get length(): number {
    return this.#metrics.length;
  }

  line(line: MetricsLine): void {
    this.#metrics.append(line);
    this.#events.append(line);
    this.#onEvent(line);
  }

  tell(event: Exclude<TrainEvent, MetricsLine>): void {
    this.#onEvent(event);
  }

  /** Hands lines to the store about once a second, for those who watch the files. */
  async flushNowAndThen(): Promise<void> {
    if (performance.now() - this.#flushed < 1000) return;
    await this.#metrics.flush();
    await this.#events.flush();
    this.#flushed = performance.now();
  }

  /** Returns once every line is on the disk. */
  async settle(): Promise<void> {
    await this.#metrics.settle();
    await this.#events.flush();
  }
}
