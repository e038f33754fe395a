import type { Method } from './learner.js';
import type { Score } from './terrain.js';

/** A request from the page to the worker. */
export type Request =
  | { readonly kind: 'terrain'; readonly kinds: Uint8Array; readonly colours: Float32Array }
  | { readonly kind: 'reset'; readonly method: Method; readonly seed: number }
  | { readonly kind: 'run'; readonly stepsASecond: number }
  | { readonly kind: 'pause' };

/** What the model knows after some steps. */
export interface Progress {
  readonly steps: number;
  /** Of the present terrain. */
  readonly costs: Float32Array;
  /** Over pairs of cells that are drawn once and never trained on as such. */
  readonly score: Score;
}

export type Reply = { readonly kind: 'progress'; readonly progress: Progress };
