import type { Learner, LiveEngine, Progress, Reply, Request } from './protocol.js';

/** The worker's end of the line, or a test's. */
export interface Port<In, Out> {
  addEventListener(type: 'message', listener: (event: { readonly data: In }) => void): void;
  postMessage(message: Out): void;
}

export interface ServeOptions<Options, Report, Question, Answer> {
  /** Starts the engine, and describes it in a few words. */
  readonly start: (engine: LiveEngine) => Promise<string>;
  readonly create: (options: Options) => Learner<Report, Question, Answer>;
  readonly now?: () => number;
}

/** Milliseconds of training between two checks for messages. */
const SLICE = 30;
/** Milliseconds between two reports. */
const REPORTS = 150;

/** Trains learners as the page asks: one at a time, in slices, so that questions are answered in between. */
export function serve<Options, Report, Question, Answer>(
  port: Port<Request<Options, Question>, Reply<Report, Answer>>,
  { start, create, now = () => performance.now() }: ServeOptions<Options, Report, Question, Answer>,
): void {
  let learner: Learner<Report, Question, Answer> | null = null;
  let running = false;
  let looping = false;
  /** The start that the current learner belongs to: the last one wins. */
  let generation = 0;
  let steps = 0;
  let speed = 0;
  const waiting: { readonly id: number; readonly question: Question }[] = [];

  const progress = (of: Learner<Report, Question, Answer>): Progress<Report> => ({
    steps,
    stepsPerSecond: speed,
    report: of.report(),
  });
  const fail = (problem: unknown): void => {
    running = false;
    port.postMessage({
      kind: 'failed',
      message: problem instanceof Error ? problem.message : String(problem),
    });
  };
  const answerAll = (): void => {
    if (learner === null) return;
    for (const { id, question } of waiting.splice(0)) {
      port.postMessage({ kind: 'answer', id, answer: learner.answer(question) });
    }
  };

  async function loop(): Promise<void> {
    if (looping) return;
    looping = true;
    let reported = now();
    let stepsThen = steps;
    let of = generation;
    try {
      while (running && learner !== null) {
        if (of !== generation) [of, reported, stepsThen] = [generation, now(), steps];
        const until = now() + SLICE;
        do {
          learner.step();
          steps += 1;
        } while (now() < until);
        const since = now() - reported;
        if (since >= REPORTS) {
          const recent = (1000 * (steps - stepsThen)) / since;
          speed = speed === 0 ? recent : 0.7 * speed + 0.3 * recent;
          [reported, stepsThen] = [now(), steps];
          port.postMessage({ kind: 'progress', progress: progress(learner) });
        }
        await new Promise((resolve) => setTimeout(resolve));
      }
      if (learner !== null) port.postMessage({ kind: 'progress', progress: progress(learner) });
    } catch (problem) {
      fail(problem);
    } finally {
      looping = false;
    }
  }

  async function begin(engine: LiveEngine, options: Options): Promise<void> {
    generation += 1;
    const own = generation;
    learner?.dispose();
    learner = null;
    const name = await start(engine);
    if (own !== generation) return;
    learner = create(options);
    steps = 0;
    speed = 0;
    port.postMessage({ kind: 'ready', engine: name, progress: progress(learner) });
    answerAll();
    if (running) void loop();
  }

  port.addEventListener('message', ({ data }) => {
    switch (data.kind) {
      case 'start':
        begin(data.engine, data.options).catch(fail);
        return;
      case 'run':
        running = data.running;
        if (running) void loop();
        return;
      case 'ask':
        waiting.push(data);
        try {
          answerAll();
        } catch (problem) {
          fail(problem);
        }
    }
  });
}
