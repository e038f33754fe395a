import type { Method } from './estimates.js';
import type { Problem } from './problem.js';
import type { Quality } from './quality.js';
import type { Lambdas } from './walk.js';

export interface Setting {
  readonly problem: Problem;
  readonly lambda: number;
  readonly samples: number;
  /** Which noise. */
  readonly seed: number;
}

export type Request =
  | { readonly kind: 'set'; readonly setting: Setting }
  | { readonly kind: 'walk' | 'stop' };

export interface Cloud {
  /** The first estimates, five numbers each: as many as are drawn. */
  readonly shown: Float32Array;
  readonly quality: Quality;
}

/** How the two estimators with a lambda do at one. */
export interface ChartPoint {
  readonly index: number;
  readonly quality: Readonly<Record<'aimle' | 'imle', Quality>>;
}

export type Reply =
  | { readonly kind: 'clouds'; readonly clouds: ReadonlyMap<Method, Cloud> }
  | { readonly kind: 'point'; readonly point: ChartPoint }
  | { readonly kind: 'walk'; readonly lambdas: Lambdas; readonly done: boolean };

export const LAMBDA_FROM = 0.05;
export const LAMBDA_TO = 50;
export const chartLambdas: readonly number[] = Array.from(
  { length: 19 },
  (_, i) => LAMBDA_FROM * (LAMBDA_TO / LAMBDA_FROM) ** (i / 18),
);

export const SHOWN = 96;
