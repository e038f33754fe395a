/** A measured number, and what is known of it from elsewhere. */
export interface StudyFigure {
  readonly mean: number;
  /** Its standard error. */
  readonly error: number;
  readonly known: { readonly value: number } | null;
  /** (mean - known) in standard errors; null where nothing is known. */
  readonly difference: number | null;
}

/** One line of a plot. */
export interface StudyCurve {
  readonly label: string;
  /** A curve with a variant is drawn dashed where the variant is `forward`; curves of one label share a colour. */
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
  /** The least and the greatest value that is drawn. */
  readonly yRange: readonly [number, number];
  readonly curves: readonly StudyCurve[];
  /** Horizontal lines: what does not depend on x. */
  readonly levels: readonly (StudyFigure & { readonly label: string })[];
  /** The values of x that the table shows; default all. */
  readonly tabled?: readonly number[];
}

/** What a page of measurements tells. Results of `@aimle/gradient-study` are such studies. */
export interface Study {
  readonly title: string;
  /** What the measurements are held against. */
  readonly truth: string;
  /** Where they depart from what they repeat. */
  readonly corrections: readonly string[];
  /** Where the known figures are from. */
  readonly known: string;
  readonly settings: Readonly<Record<string, number | string>>;
  readonly panels: readonly StudyPanel[];
}
