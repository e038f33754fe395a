/** The one colour of each estimator, in every chart of the site. What is not here is drawn in the colour of text. */
const colours: Readonly<Record<string, string>> = {
  aimle: 'c1',
  imle: 'c2',
  simple: 'c3',
  straightThrough: 'c4',
  scoreFunction: 'c5',
  stochasticSoftmax: 'c6',
};

/** By the name of its function: `aimle`, `straightThrough`. */
export function colourOf(estimator: string): string {
  return `var(--aimle-${colours[estimator] ?? 'muted'})`;
}
