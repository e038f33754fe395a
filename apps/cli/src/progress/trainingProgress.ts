import type { Metrics, TrainEvent } from '@aimle/training';
import type { Terminal } from '../terminal/terminal.js';
import { count, duration, short } from '../terminal/wording.js';
import { LossTrail } from './lossTrail.js';
import { type Status, statusLine } from './statusLine.js';
import { Tempo } from './tempo.js';

type EventOf<Kind extends TrainEvent['kind']> = Extract<TrainEvent, { kind: Kind }>;

/** Milliseconds between two drawings of the line, and between two lines where nothing can be drawn over. */
const every = { live: 100, plain: 10_000 };

/**
 * Shows a run while it is trained: one line for each epoch, and below it a line that is drawn over. Where stderr is no
 * terminal, that line is written every ten seconds instead.
 */
export class TrainingProgress {
  readonly #terminal: Terminal;
  readonly #trail = new LossTrail();
  readonly #now: () => number;
  #start: EventOf<'start'> | null = null;
  #tempo = new Tempo(0, 0, 0);
  #drawn = false;
  #last: number;

  /** @param now Milliseconds of a clock that never goes back. */
  constructor(terminal: Terminal, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
    this.#last = now();
  }

  /** Takes one event of the training loop. */
  hear(event: TrainEvent): void {
    if (event.kind === 'note') this.say(event.message);
    else if (event.kind === 'start') this.#begin(event);
    else if (event.kind === 'step') this.#step(event);
    else if (event.kind === 'epoch') this.#epoch(event);
    else if (event.kind === 'test') this.say(`tested step ${event.step}: ${listed(event.test)}`);
  }

  /** Whether the first step is near: the data are there, and the model is built. */
  get begun(): boolean {
    return this.#start !== null;
  }

  /** Says one line above the one that is drawn over. */
  say(line: string): void {
    this.clear();
    this.#terminal.say(line);
  }

  /** Takes the line away that is drawn over. */
  clear(): void {
    if (this.#drawn) this.#terminal.draw('\r\u001b[2K');
    this.#drawn = false;
  }

  #begin(event: EventOf<'start'>): void {
    this.#start = event;
    this.#tempo = new Tempo(event.step, event.steps, this.#now());
    const { ink } = this.#terminal;
    const from = event.step > 0 ? `, going on after step ${event.step.toLocaleString('en-GB')}` : '';
    this.say(`${ink.bold(event.title)} (${count(event.parameters, 'parameter')}) on ${event.engine}${from}`);
    this.say(`data: ${event.data}`);
    this.say(ink.dim(`run: ${event.run}`));
  }

  #step(event: EventOf<'step'>): void {
    this.#trail.add(event.loss);
    const now = this.#now();
    const live = this.#terminal.live;
    if (this.#start === null || now - this.#last < (live ? every.live : every.plain)) return;
    this.#last = now;
    const { steps, stepsPerEpoch } = this.#start;
    const status: Status = {
      epoch: event.epoch,
      epochs: Math.ceil(steps / stepsPerEpoch),
      step: event.step,
      steps,
      loss: event.loss,
      sparkline: live ? this.#trail.sparkline(16) : '',
      lambda: typeof event['lambda'] === 'number' ? event['lambda'] : null,
      ...this.#tempo.at(event.step, now),
    };
    const { columns, ink } = this.#terminal;
    if (live) this.#terminal.draw(`\r\u001b[2K${statusLine(status, columns, ink)}`);
    else this.#terminal.say(statusLine(status, Number.POSITIVE_INFINITY, ink));
    this.#drawn = live;
  }

  #epoch({ epoch, train, validation, test, best, seconds }: EventOf<'epoch'>): void {
    const { ink } = this.#terminal;
    const epochs = this.#start === null ? epoch : Math.ceil(this.#start.steps / this.#start.stepsPerEpoch);
    const parts = [
      ink.bold(`epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`),
      `training loss ${short(train['loss'])}`,
      ...(validation === null ? [] : [`validation ${listed(validation)}`]),
      ...(test === null ? [] : [`test ${listed(test)}`]),
      ink.dim(duration(Math.round(seconds))),
      ...(best ? [ink.green('best so far')] : []),
    ];
    this.say(parts.join('  '));
    this.#last = this.#now();
  }
}

/** The first metric: the one that the task is about. */
function listed(metrics: Metrics): string {
  const [first] = Object.entries(metrics);
  return first === undefined ? '' : `${first[0].replaceAll('_', ' ')} ${short(first[1])}`;
}
