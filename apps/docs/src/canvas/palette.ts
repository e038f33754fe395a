export type Palette = ReturnType<typeof readPalette>;

/** The current colours of the theme, from its CSS tokens. A canvas has to read them, since it inherits none. */
export function readPalette(element: Element) {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--aimle-${name}`).trim();
  return {
    ink: token('ink'),
    muted: token('muted'),
    paper: token('paper'),
    line: token('line'),
    accent: token('accent'),
    warm: token('warm'),
    /** The truth, as opposed to estimates. */
    truth: token('true'),
    /** Six categories that colour-blind readers can distinguish. */
    categories: [1, 2, 3, 4, 5, 6].map((i) => token(`c${i}`)),
    font: style.fontFamily,
  };
}
