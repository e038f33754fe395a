import { lessMotion } from '../canvas/animation.js';
import { button } from '../controls/button.js';
import { choice } from '../controls/choice.js';
import type { Readout } from '../controls/readout.js';
import type { LiveEngine, Progress, Reply, Request } from './protocol.js';
import './live.css';

export interface LiveOptions<Options, Report> {
  /** Training pauses while it is not visible. */
  readonly root: HTMLElement;
  /** It runs `serve`. */
  readonly worker: Worker;
  readonly numbers: Readout;
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
  /** Resolves with the worker's answer, from the current model or else the next one. */
  ask(question: Question): Promise<Answer>;
  dispose(): void;
}

/** Milliseconds that a model trains when a reader first sees it. */
const SHOWN_FOR = 3000;

/** A model in a worker, with the controls that train it. It trains for three seconds when it is first seen, and on when the reader asks. */
export function liveTraining<Options, Report, Question, Answer>(
  live: LiveOptions<Options, Report>,
): LiveTraining<Question, Answer> {
  const { root, worker, numbers, options, onStart, onReport, sentence } = live;
  const send = (request: Request<Options, Question>): void => worker.postMessage(request);
  const asked = new Map<number, (answer: Answer) => void>();
  let last = 0;
  let engine: LiveEngine = 'wasm';
  let engineName = '';
  let running = false;
  let visible = false;
  let isReady = false;
  let showing: ReturnType<typeof setTimeout> | undefined;
  /** Whether it has shown itself, or the reader was first, or wants nothing that moves by itself. */
  let hasShown = lessMotion();

  const settle = (): void => send({ kind: 'run', running: running && visible });
  const train = (on: boolean): void => {
    running = on;
    go.textContent = on ? 'Pause' : 'Train';
    settle();
  };
  const playOnce = (): void => {
    if (hasShown || !visible || !isReady) return;
    hasShown = true;
    train(true);
    showing = setTimeout(() => train(false), SHOWN_FOR);
  };
  const byReader = (): void => {
    hasShown = true;
    clearTimeout(showing);
    train(!running);
  };
  const restart = (): void => {
    root.dataset['state'] = 'loading';
    send({ kind: 'start', engine, options: options() });
  };
  const show = ({ steps, stepsPerSecond, report }: Progress<Report>): void => {
    root.dataset['steps'] = String(steps);
    onReport(report, steps);
    const speed = stepsPerSecond > 0 ? ` at ${stepsPerSecond.toPrecision(2)} a second` : '';
    const state = steps === 0 ? 'Untrained' : `${steps.toLocaleString('en')} steps${speed}`;
    numbers.show(`${state} (${engineName}). ${sentence(report)}`);
  };
  const fail = (message: string): void => {
    root.dataset['state'] = 'failed';
    train(false);
    numbers.show(`It stopped: ${message}`);
  };
  worker.onmessage = ({ data }: MessageEvent<Reply<Report, Answer>>) => {
    switch (data.kind) {
      case 'ready':
        root.dataset['state'] = 'ready';
        engineName = data.engine;
        onStart();
        show(data.progress);
        isReady = true;
        return playOnce();
      case 'progress':
        return show(data.progress);
      case 'failed':
        return fail(data.message);
      case 'answer':
        asked.get(data.id)?.(data.answer);
        asked.delete(data.id);
    }
  };
  worker.onerror = (event) => fail(event.message || 'The worker could not be loaded.');
  const watcher = new IntersectionObserver((entries) => {
    visible = entries.at(-1)?.isIntersecting ?? true;
    settle();
    playOnce();
  });
  watcher.observe(root);

  const go = button({ label: 'Train', primary: true, onPress: byReader });
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
  root.classList.add('aimle-live');
  numbers.show('Loading TensorFlow.js…');
  restart();
  return {
    controls: [go, over, engines],
    restart,
    ask(question) {
      last += 1;
      send({ kind: 'ask', id: last, question });
      return new Promise((resolve) => asked.set(last, resolve));
    },
    dispose() {
      clearTimeout(showing);
      watcher.disconnect();
      worker.terminate();
    },
  };
}
