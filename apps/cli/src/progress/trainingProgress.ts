import type { Metrics, TrainEvent } from '@aimle/training';
import { count, duration, short } from '../terminal/wording.js';
import { LiveLine } from './liveLine.js';
import { LossTrail } from './lossTrail.js';
import { type Status, statusLine } from './statusLine.js';
import { Tempo } from './tempo.js';

type EventOf<Kind extends TrainEvent['kind']> = Extract<TrainEvent, { kind: Kind }>;

/** Shows a run in progress: one line per epoch, and a live line below. */
export class TrainingProgress extends LiveLine {
  readonly #trail = new LossTrail();
  #start: EventOf<'start'> | null = null;
  #tempo = new Tempo(0, 0, 0);
  /** Steps done before the first. */
  #begunSteps = 0;

  onEvent(event: TrainEvent): void {
    if (event.kind === 'note') this.print(event.message);
    else if (event.kind === 'start') this.#begin(event);
    else if (event.kind === 'begin') this.#beginStep(event);
    else if (event.kind === 'step') this.#step(event);
    else if (event.kind === 'epoch') this.#epoch(event);
    else if (event.kind === 'test') this.print(`tested step ${event.step}: ${mainMetric(event.test)}`);
  }

  /** Steps that come before the first. */
  get beginSteps(): number {
    return this.#start?.beginSteps ?? 0;
  }

  /** Whether preparation is done: the data is loaded, the model is built, and a step is being trained. */
  get begun(): boolean {
    return this.#start !== null && this.#begunSteps >= this.#start.beginSteps;
  }

  #begin(event: EventOf<'start'>): void {
    this.#start = event;
    this.#tempo = new Tempo(event.step, event.steps + event.beginSteps, this.now());
    const { ink } = this.terminal;
    const from = event.step > 0 ? `, continuing after step ${event.step.toLocaleString('en-GB')}` : '';
    const by = event.workers > 1 ? ` by ${event.workers} workers` : '';
    this.print(
      `${ink.bold(event.title)} (${count(event.parameters, 'parameter')}) on ${event.engine}${by}${from}`,
    );
    this.print(`data: ${event.data}`);
    if (event.beginSteps > 0) {
      this.print(
        `before the first of ${event.steps} steps: ${count(event.beginSteps, 'step')} to find a start`,
      );
    }
    this.print(ink.dim(`run: ${event.run}`));
  }

  /** Shows a step before the first: the bar and the time that is left count all of them. */
  #beginStep({ step, part, loss }: EventOf<'begin'>): void {
    this.#begunSteps = step;
    this.#show({ part, step, loss, sparkline: '', lambda: null });
  }

  #step(event: EventOf<'step'>): void {
    this.#trail.add(event.loss);
    if (this.#start === null) return;
    const { steps, stepsPerEpoch, beginSteps } = this.#start;
    this.#begunSteps = beginSteps;
    const epochs = String(Math.ceil(steps / stepsPerEpoch));
    this.#show({
      part: `epoch ${String(event.epoch).padStart(epochs.length)}/${epochs}`,
      step: beginSteps + event.step,
      loss: event.loss,
      sparkline: this.terminal.live ? this.#trail.sparkline(16) : '',
      lambda: typeof event['lambda'] === 'number' ? event['lambda'] : null,
    });
  }

  #show(status: Omit<Status, 'steps' | 'stepsPerSecond' | 'secondsLeft'>): void {
    if (this.#start === null) return;
    const { steps, beginSteps } = this.#start;
    const { live, columns, ink } = this.terminal;
    this.show((now) => {
      const tempo = this.#tempo.at(status.step, now);
      const whole: Status = { ...status, steps: steps + beginSteps, ...tempo };
      return statusLine(whole, live ? columns : Number.POSITIVE_INFINITY, ink);
    });
  }

  #epoch({ epoch, train, validation, test, best, seconds }: EventOf<'epoch'>): void {
    const { ink } = this.terminal;
    const epochs = this.#start === null ? epoch : Math.ceil(this.#start.steps / this.#start.stepsPerEpoch);
    const parts = [
      ink.bold(`epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`),
      `training loss ${short(train['loss'])}`,
      ...(validation === null ? [] : [`validation ${mainMetric(validation)}`]),
      ...(test === null ? [] : [`test ${mainMetric(test)}`]),
      ink.dim(duration(Math.round(seconds))),
      ...(best ? [ink.green('best so far')] : []),
    ];
    this.print(parts.join('  '));
    this.wait();
  }
}

/** Formats the first metric, the task's main one. */
function mainMetric(metrics: Metrics): string {
  const [first] = Object.entries(metrics);
  return first === undefined ? '' : `${first[0].replaceAll('_', ' ')} ${short(first[1])}`;
}
