import type { Progress } from './learner.js';
import type { LiveEngine, Reply, Request } from './protocol.js';

/** The page's end of a worker that trains. */
export interface Trainer<Options, Question, Answer> {
  /** Starts over on an engine. */
  start(engine: LiveEngine, options: Options): void;
  /** Whether it keeps training; it pauses while it is off screen. */
  running: boolean;
  /** Resolves with the worker's answer, from the current model or else the next one. */
  ask(question: Question): Promise<Answer>;
  dispose(): void;
}

export interface TrainerOptions<Report> {
  /** Training pauses while this element is not visible. */
  readonly element: Element;
  readonly onReady: (engine: string, progress: Progress<Report>) => void;
  readonly onProgress: (progress: Progress<Report>) => void;
  readonly onFailure: (message: string) => void;
}

/** Controls a worker that runs `serve`. */
export function trainer<Options, Report, Question, Answer>(
  worker: Worker,
  { element, onReady, onProgress, onFailure }: TrainerOptions<Report>,
): Trainer<Options, Question, Answer> {
  const send = (request: Request<Options, Question>): void => worker.postMessage(request);
  const asked = new Map<number, (answer: Answer) => void>();
  let last = 0;
  let running = false;
  let visible = true;
  const settle = (): void => send({ kind: 'run', running: running && visible });
  const watcher = new IntersectionObserver((entries) => {
    visible = entries.at(-1)?.isIntersecting ?? true;
    settle();
  });
  watcher.observe(element);
  worker.onmessage = ({ data }: MessageEvent<Reply<Report, Answer>>) => {
    switch (data.kind) {
      case 'ready':
        return onReady(data.engine, data.progress);
      case 'progress':
        return onProgress(data.progress);
      case 'failed':
        return onFailure(data.message);
      case 'answer':
        asked.get(data.id)?.(data.answer);
        asked.delete(data.id);
    }
  };
  worker.onerror = (event) => onFailure(event.message || 'The worker could not be loaded.');

  return {
    start: (engine, options) => send({ kind: 'start', engine, options }),
    get running() {
      return running;
    },
    set running(next) {
      running = next;
      settle();
    },
    ask(question) {
      last += 1;
      send({ kind: 'ask', id: last, question });
      return new Promise((resolve) => asked.set(last, resolve));
    },
    dispose() {
      watcher.disconnect();
      worker.terminate();
    },
  };
}
