export type BrowserEngine = 'webgl' | 'wasm' | 'webgpu' | 'cpu';

export interface Request {
  readonly run: number;
  readonly code: string;
  readonly engine: BrowserEngine;
}

export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

/** How an example prints a line: console.log, console.warn or console.error. */
export type Tone = 'plain' | 'warning' | 'error';

/** An event of a run. The last is `done`, `error`, `stopped` or `died`; a `stray` may still follow. */
export type RunEvent =
  | { readonly kind: 'engine'; readonly line: string }
  | {
      readonly kind: 'value';
      readonly line: number;
      readonly text: string;
      /** Whether it is the value that the comment promises. */
      readonly agrees?: boolean;
      /** The value that the comment expects, if it differs. */
      readonly expected?: string;
    }
  | { readonly kind: 'plot'; readonly line: number; readonly series: readonly Series[] }
  | { readonly kind: 'log'; readonly tone: Tone; readonly text: string }
  /** An error that nothing in the example awaits: the run continues, but has failed. */
  | { readonly kind: 'stray'; readonly text: string; readonly line?: number }
  /** The run ended without any output. */
  | { readonly kind: 'silent' }
  /** Some output is not sent. Sent once without numbers, and once with them when the run ends. */
  | { readonly kind: 'more'; readonly count?: number; readonly wrong?: number }
  | {
      readonly kind: 'error';
      readonly text: string;
      readonly line?: number;
      /** The engine that did not start. */
      readonly unusable?: BrowserEngine;
    }
  | { readonly kind: 'done'; readonly milliseconds: number }
  | { readonly kind: 'stopped' }
  /** The worker died, and the run with it. */
  | { readonly kind: 'died'; readonly text: string };

export type Message = RunEvent & { readonly run: number };
