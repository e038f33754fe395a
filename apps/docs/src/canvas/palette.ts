/** The colours of the theme, as CSS tokens have them now: what a canvas must ask for, since it inherits none. */
export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly paper: string;
  readonly line: string;
  readonly accent: string;
  readonly warm: string;
  /** What is true, as against what is estimated. */
  readonly truth: string;
  /** Six categories that colour-blind readers tell apart. */
  readonly categories: readonly string[];
  /** The page's own font. */
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
