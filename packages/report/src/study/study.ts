/** A measured number with its error, and a known value to compare. */
export interface StudyFigure {
  readonly mean: number;
  /** Its standard error. */
  readonly error: number;
  readonly known: { readonly value: number } | null;
  /** (mean - known) in standard errors; null without a known value. */
  readonly difference: number | null;
}

/** One line of a plot. */
export interface StudyCurve {
  readonly label: string;
  /** Variant of the curve; `forward` is drawn dashed. Curves of one label share a colour. */
  readonly difference: string | null;
  readonly points: readonly (StudyFigure & { readonly x: number })[];
}

/** One plot and its table. */
export interface StudyPanel {
  readonly title: string;
  readonly caption: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xScale: 'linear' | 'log';
  /** The smallest and the largest value that is drawn. */
  readonly yRange: readonly [number, number];
  readonly curves: readonly StudyCurve[];
  /** Horizontal lines: values that do not depend on x. */
  readonly levels: readonly (StudyFigure & { readonly label: string })[];
  /** The values of x that the table shows; default all. */
  readonly tabled?: readonly number[];
}

/** A page of measurements. Results of `@aimle/gradient-study` are such studies. */
export interface Study {
  readonly title: string;
  /** What the measurements are compared with. */
  readonly truth: string;
  /** Where they differ from the original. */
  readonly corrections: readonly string[];
  /** Source of the known figures. */
  readonly known: string;
  readonly settings: Readonly<Record<string, number | string>>;
  readonly panels: readonly StudyPanel[];
}
