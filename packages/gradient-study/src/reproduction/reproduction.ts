import type { Key } from '@aimle/random';
import type { DifferenceMode } from '../rules/rule.js';

/** A figure that was measured elsewhere, to hold ours against. */
export interface KnownFigure {
  readonly value: number;
  /** Its standard error: as it was told, else estimated from ours; rounding included. */
  readonly error: number;
}

/** A measured figure, with its standard error. */
export interface MeasuredFigure {
  readonly mean: number;
  readonly error: number;
  /** Null where none is known. */
  readonly known: KnownFigure | null;
  /** (mean - known) over the standard error of a difference of independent figures; null where none is known. */
  readonly difference: number | null;
}

/** A point of a curve. */
export interface CurvePoint extends MeasuredFigure {
  readonly x: number;
}

/** One line of a plot. */
export interface Curve {
  /** What varies from line to line: an estimator, or a number of samples. */
  readonly label: string;
  /** Which finite difference, where the same label has both. */
  readonly difference: DifferenceMode | null;
  readonly points: readonly CurvePoint[];
}

/** A level that has no place on the x axis. */
export interface Level extends MeasuredFigure {
  readonly label: string;
}

/** One plot, which is one table as well. */
export interface Panel {
  readonly title: string;
  readonly caption: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xScale: 'linear' | 'log';
  /** The least and the greatest value that the plot shows. */
  readonly yRange: readonly [number, number];
  readonly curves: readonly Curve[];
  readonly levels: readonly Level[];
  /** The values of x that a table shows, where that is not all of them. */
  readonly tabled?: readonly number[];
}

/** A part of the paper's study, measured again: plain data, from which tables, plots and JSON are made. */
export interface Reproduction {
  readonly name: ReproductionName;
  readonly title: string;
  /** Which gradient or which optimum estimates are held against. */
  readonly truth: string;
  /** Where the official script departs from what it says, and what was done instead (numbers of the project's list). */
  readonly corrections: readonly string[];
  /** Where the known figures are from. */
  readonly known: string;
  readonly preset: Preset;
  readonly settings: Readonly<Record<string, number | string>>;
  readonly panels: readonly Panel[];
}

/** What there is to reproduce. */
export type ReproductionName = 'figure1' | 'samples' | 'sparsity' | 'toy';

/** `quick` is seconds; `paper` has the sizes of the official scripts. */
export type Preset = 'quick' | 'paper';

/** How a reproduction is run. */
export interface ReproductionOptions {
  readonly preset: Preset;
  /** Default `key(0)`. */
  readonly key?: Key;
  /** Told now and then which share of the work is done. */
  readonly onProgress?: (share: number) => void;
}
