import type { Key } from '@aimle/random';
import type { DifferenceMode } from '../rules/rule.js';
import type { MeanWithError } from '../sampling/statistics.js';

/** A figure that was measured elsewhere, to compare ours with. */
export interface KnownFigure {
  readonly value: number;
  /** Its standard error as reported, or else estimated from ours; rounding included. */
  readonly error: number;
}

/** A measured figure, with its standard error. */
export interface MeasuredFigure {
  readonly mean: number;
  readonly error: number;
  /** The known figure; null where there is none. */
  readonly known: KnownFigure | null;
  /** (mean - known) in standard errors of the difference between independent figures; null where none is known. */
  readonly difference: number | null;
}

/** A point of a curve. */
export interface CurvePoint extends MeasuredFigure {
  readonly x: number;
}

/** One line of a plot. */
export interface Curve {
  /** What distinguishes the line: an estimator, or a number of samples. */
  readonly label: string;
  /** The finite difference, where the same label has both; otherwise null. */
  readonly difference: DifferenceMode | null;
  readonly points: readonly CurvePoint[];
}

/** A horizontal level: a figure that does not depend on x. */
export interface Level extends MeasuredFigure {
  readonly label: string;
}

/** One plot, also shown as a table. */
export interface Panel {
  readonly title: string;
  readonly caption: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xScale: 'linear' | 'log';
  /** The minimum and maximum that the plot shows. */
  readonly yRange: readonly [number, number];
  readonly curves: readonly Curve[];
  readonly levels: readonly Level[];
  /** The values of x that the table shows; default all. */
  readonly tabled?: readonly number[];
}

/** A reproduced part of the paper's study, as plain data for tables, plots and JSON. */
export interface Reproduction {
  readonly name: ReproductionName;
  readonly title: string;
  /** The gradient or optimum that estimates are compared with. */
  readonly truth: string;
  /** Deviations of the official script from the paper, and what was done instead (tags of the list of deviations). */
  readonly corrections: readonly string[];
  /** The source of the known figures. */
  readonly known: string;
  readonly preset: Preset;
  readonly settings: Readonly<Record<string, number | string>>;
  readonly panels: readonly Panel[];
}

/** The parts of the paper's study that can be reproduced. */
export type ReproductionName = 'figure1' | 'samples' | 'sparsity' | 'toy';

/** The size of a reproduction: `quick` takes seconds, `paper` has the sizes of the official scripts. */
export type Preset = 'quick' | 'paper';

/** Settings of a reproduction. */
export interface ReproductionOptions {
  readonly preset: Preset;
  /** Default `key(0)`. */
  readonly key?: Key;
  /** Called from time to time with the share of the work that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Reads a reported figure. The rounding of its digits adds to its standard error. */
export function knownFigure(text: string, error: number): KnownFigure {
  const digits = text.split('.')[1]?.length ?? 0;
  // The rounding error is uniform, up to half a unit of the last digit.
  const rounding = 10 ** -digits / Math.sqrt(12);
  return { value: Number(text), error: Math.hypot(error, rounding) };
}

export function figureOf({ mean, error }: MeanWithError, known?: KnownFigure): MeasuredFigure {
  if (known === undefined) return { mean, error, known: null, difference: null };
  return { mean, error, known, difference: (mean - known.value) / Math.hypot(error, known.error) };
}

export function pointOf(x: number, mean: MeanWithError, known?: KnownFigure): CurvePoint {
  return { x, ...figureOf(mean, known) };
}
