/** Something that is trained step by step while a reader watches. It lives in a worker. */
export interface Learner<Report, Question, Answer> {
  step(): void;
  /** What the page shows of the present state. */
  report(): Report;
  /** What the page asks about the present state, trained or not. */
  answer(question: Question): Answer;
  dispose(): void;
}

export interface Progress<Report> {
  readonly steps: number;
  /** Over the last second or so; 0 before the first. */
  readonly stepsPerSecond: number;
  readonly report: Report;
}

export type LiveEngine = 'wasm' | 'webgl' | 'webgpu' | 'cpu';

/** Messages from the page to the worker. */
export type Request<Options, Question> =
  /** A new learner, which replaces the one before. */
  | { readonly kind: 'start'; readonly engine: LiveEngine; readonly options: Options }
  | { readonly kind: 'run'; readonly running: boolean }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question };

/** Messages from the worker to the page. */
export type Reply<Report, Answer> =
  | { readonly kind: 'ready'; readonly engine: string; readonly progress: Progress<Report> }
  | { readonly kind: 'progress'; readonly progress: Progress<Report> }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly message: string };
