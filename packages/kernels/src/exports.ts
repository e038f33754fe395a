/** What the WebAssembly module exports. All arguments are addresses in its memory, counts, and numbers. */
export interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  firstFreeByte(): number;

  // Of @aimle/random. A stream has a key of two words; `first` is even; some numbers behind the last are overwritten.

  /** Writes `count` words of a stream from element `first` on. */
  fillWords(key0: number, key1: number, first: number, count: number, out: number): void;
  /** Writes float32 numbers, uniform in (0, 1). */
  fillUniform(key0: number, key1: number, first: number, count: number, out: number): void;
  /** Writes integers in [low, low + range), range < 2^32. */
  fillIntegers(
    key0: number,
    key1: number,
    first: number,
    count: number,
    low: number,
    range: number,
    out: number,
  ): void;
  /** Writes standard normal float32 numbers. */
  fillNormal(key0: number, key1: number, first: number, count: number, out: number): void;
  /** Writes float32 draws of noise: the quantiles of a table, plus a shift. */
  fillFromTable(
    table: number,
    shift: number,
    key0: number,
    key1: number,
    first: number,
    count: number,
    out: number,
  ): void;
  /** Writes the float64 tails of which quantile functions make draws. */
  writeTails(key0: number, key1: number, first: number, count: number, out: number): void;
}
