/** The current colours of the theme, from its CSS tokens. A canvas has to read them, since it inherits none. */
export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly paper: string;
  readonly line: string;
  readonly accent: string;
  readonly warm: string;
  /** The truth, as opposed to estimates. */
  readonly truth: string;
  /** Six categories that colour-blind readers can distinguish. */
  readonly categories: readonly string[];
  readonly font: string;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--aimle-${name}`).trim();
  return {
    ink: token('ink'),
    muted: token('muted'),
    paper: token('paper'),
    line: token('line'),
    accent: token('accent'),
    warm: token('warm'),
    truth: token('true'),
    categories: [1, 2, 3, 4, 5, 6].map((i) => token(`c${i}`)),
    font: style.fontFamily,
  };
}
