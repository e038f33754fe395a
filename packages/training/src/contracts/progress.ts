import type { RunSummary } from './summary.js';

/**
 * Named numbers; null where a value was not finite, because JSON has no NaN.
 *
 * @example
 * ```ts
 * import type { Metrics } from '@aimle/training';
 *
 * const metrics: Metrics = { bce: 71.2, precision: null };
 * JSON.stringify(metrics); // => '{"bce":71.2,"precision":null}'
 * ```
 */
export type Metrics = Readonly<Record<string, number | null>>;

/**
 * One line of `metrics.jsonl`. Steps and epochs count from 1: `step` is how many updates are done.
 *
 * - `step`: the batch's mean loss before the update, and the model's observations under their own names.
 * - `epoch`: means over the epoch's steps so far in `train`, the metrics of the split that the session monitors in
 *   `validation` or `test` (the other is null), and whether this became the best checkpoint. A run that ends inside an
 *   epoch closes with such a line too.
 * - `test`: the metrics in `test`, and which checkpoint they belong to.
 *
 * `seconds` is the only field that depends on time: seconds of training since the run began, over all resumptions.
 *
 * @example
 * ```ts
 * import { readMetrics } from '@aimle/training';
 *
 * const text = '{"kind":"step","step":1,"epoch":1,"loss":2.5,"lambda":0.1,"seconds":0.02}\n{"kind":"st';
 * const [line] = readMetrics(new TextEncoder().encode(text));
 * line; // => { kind: 'step', step: 1, epoch: 1, loss: 2.5, lambda: 0.1, seconds: 0.02 }
 * ```
 */
export type MetricsLine =
  | ({
      readonly kind: 'step';
      readonly step: number;
      readonly epoch: number;
      readonly loss: number;
      readonly seconds: number;
    } & { readonly [observation: string]: number | string | null })
  | {
      readonly kind: 'epoch';
      readonly step: number;
      readonly epoch: number;
      readonly train: Metrics;
      readonly validation: Metrics | null;
      readonly test: Metrics | null;
      readonly best: boolean;
      readonly seconds: number;
    }
  | {
      readonly kind: 'test';
      readonly step: number;
      readonly epoch: number;
      readonly checkpoint: 'best' | 'last';
      readonly test: Metrics;
      readonly seconds: number;
    };

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
