let last = 0;

/** Returns an id that is unique in the page. */
export function identifier(kind: string): string {
  last += 1;
  return `aimle-${kind}-${last}`;
}
