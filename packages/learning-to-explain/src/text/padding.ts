/** Ids below the words'; 1 would begin a text. */
export const PAD = 0;
export const UNKNOWN = 2;
export const FIRST_WORD = 3;

/**
 * What is left of a text that is too long: its beginning (`end` is cut off, as in the AIMLE authors' code) or its end
 * (`beginning`, as Keras and the authors of IMLE have it): deviation D15.
 */
export type Truncate = 'end' | 'beginning';

/** The part of a text that fits. */
export function fitting<T extends { readonly length: number; slice(from: number, to?: number): T }>(
  text: T,
  maxLength: number,
  truncate: Truncate,
): T {
  if (text.length <= maxLength) return text;
  return truncate === 'end' ? text.slice(0, maxLength) : text.slice(text.length - maxLength);
}
