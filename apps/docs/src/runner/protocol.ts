/** The engines that a reader may choose between. */
export type BrowserEngine = 'webgl' | 'wasm' | 'webgpu' | 'cpu';

/** What the page asks of the worker. */
export interface Request {
  readonly run: number;
  readonly code: string;
  readonly engine: BrowserEngine;
}

/** One line of a chart. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

/** What a run says while it goes on. The last of a run is `done` or `error`. */
export type Message = { readonly run: number } & (
  | { readonly kind: 'engine'; readonly line: string }
  | {
      readonly kind: 'value';
      readonly line: number;
      readonly text: string;
      /** What the comment says the value is, where it says another one. */
      readonly expected?: string;
    }
  | { readonly kind: 'plot'; readonly line: number; readonly series: readonly Series[] }
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string; readonly line?: number }
  | { readonly kind: 'done'; readonly milliseconds: number }
);
