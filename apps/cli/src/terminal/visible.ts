/**
 * Characters that a terminal obeys, beside line ends and tabs: control characters (C0, DEL, C1), among them the escape that
 * begins every sequence, and those that turn the direction of text.
 */
const OBEYED = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Writes such characters as JSON does, so that they can be read and do nothing. */
export function visible(text: string): string {
  return text.replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
