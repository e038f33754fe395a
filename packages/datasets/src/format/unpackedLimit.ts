/** However small a packed file is, it may unpack to this. */
const ALWAYS = 2 ** 26;
/** Texts pack to a tenth, empty images to a hundredth; a thousandth is the most that gzip and zip can do. */
const TIMES = 250;
/** The largest file that Node reads. */
const MOST = 2 ** 31;

/**
 * The number of bytes that a packed file may unpack to: 250 times its own, at least 64 MB and at most 2 GB. Beyond it, a file was
 * made to exhaust the memory rather than to be read. Every reader stops there, before it allocates.
 */
export function unpackedLimit(packed: number): number {
  return Math.min(MOST, Math.max(ALWAYS, TIMES * packed));
}

/** Says in an error that a file is beyond the limit, and what to do if it is a good one. */
export function beyondLimit(file: string, packed: number, remedy: string): string {
  return (
    `${file}: may unpack to at most ${unpackedLimit(packed)} bytes, since it has ${packed}, got more; ` +
    `if it is a good file, ${remedy}`
  );
}
