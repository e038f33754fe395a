/** What one page is made from, besides the docstrings. */
export interface Structure {
  /** The page's file name, without its ending. */
  readonly page: string;
  readonly title: string;
  /** The factories, by the name that they have among the solvers and, where there is one, among the distributions. */
  readonly names: readonly string[];
  /** What the solvers are imported from; default: `@aimle/solvers`. */
  readonly importedFrom?: string;
  /** The cost of an instance, if the docstring has no O(...). */
  readonly cost?: string;
  /** Distributions that have no solver of their name. */
  readonly distributions?: readonly string[];
  readonly caption: string;
  picture(caption: string): string;
}

/** The scores of every picture of items. */
export const scores = [0.9, -0.4, 1.6, 0.3, 2.1, -0.8, 1.2, 0.6];
