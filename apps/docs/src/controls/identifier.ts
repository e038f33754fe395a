let last = 0;

/** An id that no other control of the page has. */
export function identifier(kind: string): string {
  last += 1;
  return `aimle-${kind}-${last}`;
}
