import { PAD } from './vocabulary.js';

/** Reach of three convolutions of width 3: padding farther than this from text and edge has equal values. */
const REACH = 3;
const DISTINCT_PADDING = 2 * REACH + 1;

/**
 * A batch of texts laid out for convolutions: exact, without repetition.
 *
 * The official code pads every text in front to `length` positions and convolves them all. Here texts follow each other
 * with an edge before and after each. A long padding keeps 3 places next to the edge, 3 next to the text, and one for all
 * between, whose values are equal. The remaining places are called sites. Distinct tokens are listed once.
 *
 *   site:   edge pad pad pad PAD pad pad pad fine head edge ...
 */
export interface TextLayout {
  readonly rows: number;
  /** Positions of a padded text. */
  readonly length: number;
  /** Distinct token ids: first the edge, which is no token (-1), then padding, then the words. */
  readonly distinct: Int32Array;
  /** For each site its place in `distinct`; the first and the last site are edges. */
  readonly sites: Int32Array;
  /** For each row its first site that is not an edge, and one more past the last. */
  readonly starts: Int32Array;
  /** For each position [rows, length] its site. */
  readonly siteAt: Int32Array;
  /** For each position [rows, length] its place in `distinct`. */
  readonly tokenAt: Int32Array;
  /** For each row how many positions are padding. */
  readonly padding: Int32Array;
}

export const EDGE = 0;
const PADDING = 1;

export function layoutOf(texts: readonly Int32Array[], length: number): TextLayout {
  const places = new Map<number, number>([
    [-1, EDGE],
    [PAD, PADDING],
  ]);
  const rows = texts.length;
  const kept = texts.map((text) => Math.min(length - text.length, DISTINCT_PADDING));
  const total = texts.reduce((sum, text, row) => sum + text.length + kept[row]! + 1, 1);
  const sites = new Int32Array(total);
  const starts = new Int32Array(rows + 1);
  const siteAt = new Int32Array(rows * length);
  const tokenAt = new Int32Array(rows * length);
  const padding = new Int32Array(rows);
  let site = 1;
  texts.forEach((text, row) => {
    const front = length - text.length;
    const shown = kept[row]!;
    const origin = row * length;
    starts[row] = site;
    padding[row] = front;
    for (let i = 0; i < shown; i++) sites[site + i] = PADDING;
    for (let i = 0; i < front; i++) {
      const fromText = front - i;
      const at = front <= DISTINCT_PADDING || i < REACH ? i : fromText <= REACH ? shown - fromText : REACH;
      siteAt[origin + i] = site + at;
      tokenAt[origin + i] = PADDING;
    }
    for (let i = 0; i < text.length; i++) {
      let place = places.get(text[i]!);
      if (place === undefined) {
        place = places.size;
        places.set(text[i]!, place);
      }
      sites[site + shown + i] = place;
      siteAt[origin + front + i] = site + shown + i;
      tokenAt[origin + front + i] = place;
    }
    site += shown + text.length + 1;
  });
  starts[rows] = site;
  return { rows, length, distinct: Int32Array.from(places.keys()), sites, starts, siteAt, tokenAt, padding };
}

/** Whether padding may be chosen, as in the official code, or is masked by minus infinity. */
export type Padding = 'masked' | 'selectable';

/** Lists the positions of padded texts that may be chosen, ascending among [rows, length]: at least k in each text. */
export function openPositions(
  { rows, length, padding: front }: TextLayout,
  padding: Padding,
  k: number,
): Int32Array {
  const closed = front.map((count) => (padding === 'masked' ? Math.min(count, length - k) : 0));
  const open = new Int32Array(rows * length - closed.reduce((sum, count) => sum + count, 0));
  let next = 0;
  for (let row = 0; row < rows; row++) {
    for (let i = closed[row]!; i < length; i++) open[next++] = row * length + i;
  }
  return open;
}

/**
 * Which part of a text that is too long is cut off: its `end`, as in the official code, or its `beginning`, as in Keras and
 * the IMLE code (deviation D15).
 */
export type Truncate = 'end' | 'beginning';

export function fitting<T extends { readonly length: number; slice(from: number, to?: number): T }>(
  text: T,
  maxLength: number,
  truncate: Truncate,
): T {
  if (text.length <= maxLength) return text;
  return truncate === 'end' ? text.slice(0, maxLength) : text.slice(text.length - maxLength);
}
