/** Ids below those of words; 1 is reserved for the start of a text. */
export const PAD = 0;
export const UNKNOWN = 2;
export const FIRST_WORD = 3;

/**
 * Which part of a text that is too long is cut off: its `end`, as in the official code, or its `beginning`, as in Keras and
 * the IMLE code (deviation D15).
 */
export type Truncate = 'end' | 'beginning';

/** Cuts a text to maxLength. */
export function fitting<T extends { readonly length: number; slice(from: number, to?: number): T }>(
  text: T,
  maxLength: number,
  truncate: Truncate,
): T {
  if (text.length <= maxLength) return text;
  return truncate === 'end' ? text.slice(0, maxLength) : text.slice(text.length - maxLength);
}
