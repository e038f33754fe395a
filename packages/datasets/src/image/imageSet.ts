/** Grey images of 28 by 28 pixels with labels. */
export interface ImageSet {
  /** A readable name. */
  readonly name: string;
  /** Whether it was read from the data folder, downloaded just now, or drawn. */
  readonly source: 'file' | 'download' | 'generated';
  readonly width: 28;
  readonly height: 28;
  /** Number of images. */
  readonly count: number;
  /** `count * 784` grey values, 0 (paper) to 255 (ink), image after image and row after row. */
  readonly images: Uint8Array;
  /** `count` labels, 0 to 9. */
  readonly labels: Uint8Array;
}

export const SIDE = 28;
