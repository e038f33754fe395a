/** What the WebAssembly module exports. All arguments are addresses in its memory, counts, and numbers. */
export interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  firstFreeByte(): number;
  /** Writes `count` draws of noise from element `first` (even) on: the quantiles of a table, plus a shift. */
  fillFromTable(
    table: number,
    shift: number,
    key0: number,
    key1: number,
    first: number,
    count: number,
    out: number,
  ): void;
}
