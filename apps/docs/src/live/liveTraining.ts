import { button } from '../controls/button.js';
import { choice } from '../controls/choice.js';
import type { Readout } from '../controls/readout.js';
import type { Progress } from './learner.js';
import type { LiveEngine } from './protocol.js';
import { trainer } from './trainer.js';
import './live.css';

export interface LiveOptions<Options, Report> {
  readonly root: HTMLElement;
  readonly worker: Worker;
  readonly numbers: Readout;
  /** The settings of the next start. */
  readonly options: () => Options;
  /** A new, untrained model is ready. */
  readonly onStart: () => void;
  readonly onReport: (report: Report, steps: number) => void;
  /** The numbers to show in a line, besides the number of steps. */
  readonly sentence: (report: Report) => string;
}

export interface LiveTraining<Question, Answer> {
  /** Train or pause, start over, and the engine. */
  readonly controls: readonly HTMLElement[];
  /** Starts over; continues training if it was training. */
  restart(): void;
  ask(question: Question): Promise<Answer>;
  dispose(): void;
}

/** A model in a worker, with the controls that train it. Nothing is trained before the reader asks for it. */
export function liveTraining<Options, Report, Question, Answer>(
  live: LiveOptions<Options, Report>,
): LiveTraining<Question, Answer> {
  const { root, worker, numbers, options, onStart, onReport, sentence } = live;
  let engine: LiveEngine = 'wasm';
  let running = '';
  root.classList.add('aimle-live');
  root.dataset['state'] = 'loading';
  numbers.show('Loading TensorFlow.js…');

  const show = ({ steps, stepsPerSecond, report }: Progress<Report>): void => {
    root.dataset['steps'] = String(steps);
    onReport(report, steps);
    const speed = stepsPerSecond > 0 ? ` at ${stepsPerSecond.toPrecision(2)} a second` : '';
    const state = steps === 0 ? 'Untrained' : `${steps.toLocaleString('en')} steps${speed}`;
    numbers.show(`${state} (${running}). ${sentence(report)}`);
  };
  const line = trainer<Options, Report, Question, Answer>(worker, {
    element: root,
    onReady(name, progress) {
      root.dataset['state'] = 'ready';
      running = name;
      onStart();
      show(progress);
    },
    onProgress: show,
    onFailure(message) {
      root.dataset['state'] = 'failed';
      train(false);
      numbers.show(`It stopped: ${message}`);
    },
  });
  const go = button({ label: 'Train', primary: true, onPress: () => train(!line.running) });
  function train(on: boolean): void {
    line.running = on;
    go.textContent = on ? 'Pause' : 'Train';
  }
  function restart(): void {
    root.dataset['state'] = 'loading';
    line.start(engine, options());
  }
  const over = button({ label: 'Start over', onPress: restart });
  const engines = choice({
    label: 'Engine',
    options: { wasm: 'wasm', webgl: 'webgl' },
    value: 'wasm',
    onChange(next) {
      engine = next;
      restart();
    },
  });
  restart();
  return { controls: [go, over, engines], restart, ask: line.ask, dispose: line.dispose };
}
