import type { Progress } from './learner.js';

/** The engines that a playground can be trained on. */
export type LiveEngine = 'wasm' | 'webgl' | 'webgpu' | 'cpu';

/** What the page tells the worker. */
export type Request<Options, Question> =
  /** A new learner: whatever was learnt before is forgotten. */
  | { readonly kind: 'start'; readonly engine: LiveEngine; readonly options: Options }
  | { readonly kind: 'run'; readonly running: boolean }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question };

/** What the worker tells the page. */
export type Reply<Report, Answer> =
  | { readonly kind: 'ready'; readonly engine: string; readonly progress: Progress<Report> }
  | { readonly kind: 'progress'; readonly progress: Progress<Report> }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly message: string };
