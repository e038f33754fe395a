interface Captioned {
  /** Identifier, unique within a run: lower case with hyphens. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences about what the reader sees. */
  readonly caption: string;
}

/** A figure of several things of one size. */
interface Tiled extends Captioned {
  /** How many are side by side on a wide screen. */
  readonly columns: number;
  /** Width of one in pixels. */
  readonly width: number;
  /** Height of one in pixels. */
  readonly height: number;
}

/**
 * Rows of small grey images with a caption, as `figures.json` holds them: reconstructions, samples, learned codes.
 *
 * @example
 * ```ts
 * import type { ImagesFigure } from '@aimle/training';
 *
 * const figure: ImagesFigure = {
 *   name: 'chessboard', title: 'Chessboard', caption: 'Two images of two by one pixels.',
 *   kind: 'images', columns: 2, width: 2, height: 1,
 *   rows: [{ label: 'black and white', pixels: btoa(String.fromCharCode(0, 255, 255, 0)) }],
 * };
 * atob(figure.rows[0]!.pixels).length; // => 4
 * ```
 */
export interface ImagesFigure extends Tiled {
  readonly kind: 'images';
  /**
   * Each row of images: base64 of uint8 grey levels (0 black, 255 white), `columns * height * width` of them, image
   * after image, each image line by line.
   */
  readonly rows: readonly { readonly label: string; readonly pixels: string }[];
}

/**
 * Drawings with a caption, such as graphs and paths.
 *
 * @example
 * ```ts
 * import type { DrawingsFigure } from '@aimle/training';
 *
 * const dot = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>';
 * const figure: DrawingsFigure = {
 *   name: 'dots', title: 'Dots', caption: 'Two of them.',
 *   kind: 'drawings', columns: 2, width: 9, height: 9,
 *   drawings: [{ label: 'one', svg: dot }, { label: 'another', svg: dot }],
 * };
 * figure.drawings.length; // => 2
 * ```
 */
export interface DrawingsFigure extends Tiled {
  readonly kind: 'drawings';
  /** Each a complete SVG document with its namespace, and its text alternative. */
  readonly drawings: readonly { readonly label: string; readonly svg: string }[];
}

/**
 * Texts with highlighted words.
 *
 * @example
 * ```ts
 * import type { TextsFigure } from '@aimle/training';
 *
 * const words = [{ word: 'a' }, { word: 'fine', chosen: true, marked: true }, { word: 'head', chosen: true }];
 * const figure: TextsFigure = {
 *   name: 'reviews', title: 'Reviews', caption: 'What the model looked at.',
 *   kind: 'texts', texts: [{ note: 'rated 0.8, predicted 0.7', words }],
 * };
 * figure.texts[0]!.words.filter(({ chosen }) => chosen).length; // => 2
 * ```
 */
export interface TextsFigure extends Captioned {
  readonly kind: 'texts';
  /** Each text as words, with those that the model chose and those that a person marked, and a note above it. */
  readonly texts: readonly {
    readonly note: string;
    readonly words: readonly {
      readonly word: string;
      readonly chosen?: boolean;
      readonly marked?: boolean;
    }[];
  }[];
}

/** A picture of what a model does: a session draws it, a report shows it. */
export type Figure = ImagesFigure | DrawingsFigure | TextsFigure;
