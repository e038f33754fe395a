/**
 * Rows of small grey images with a caption, as `figures.json` holds them: reconstructions, samples, learned codes.
 *
 * @example
 * ```ts
 * import type { Figure } from '@aimle/training';
 *
 * const figure: Figure = {
 *   name: 'chessboard', title: 'Chessboard', caption: 'Two images of two by one pixels.',
 *   kind: 'images', columns: 2, width: 2, height: 1,
 *   rows: [{ label: 'black and white', pixels: btoa(String.fromCharCode(0, 255, 255, 0)) }],
 * };
 * atob(figure.rows[0]!.pixels).length; // => 4
 * ```
 */
export interface Figure {
  /** Identifier, unique within a run: lower case with hyphens. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences: what the reader sees. */
  readonly caption: string;
  readonly kind: 'images';
  /** Images in each row. */
  readonly columns: number;
  /** Pixels across one image. */
  readonly width: number;
  /** Pixels down one image. */
  readonly height: number;
  /**
   * Each row of images: base64 of uint8 grey levels (0 black, 255 white), `columns * height * width` of them, image
   * after image, each image line by line.
   */
  readonly rows: readonly { readonly label: string; readonly pixels: string }[];
}
