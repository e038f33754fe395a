import type { Memory } from './memory.js';

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
  /**
   * Moves a parameter and its two moments by a step of Adam, in place; returns the sum of the gradient. Zeros follow the
   * arrays, up to a multiple of four.
   */
  adamStep(
    count: number,
    parameter: number,
    gradient: number,
    mean: number,
    square: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    rate: number,
    scale: number,
  ): number;
}

/** The loaded kernels: the module's functions, and its memory. */
export interface Kernels extends Omit<Exports, 'memory' | 'firstFreeByte'> {
  readonly memory: Memory;
}

let loaded: Kernels | null = null;

/**
 * Returns the kernels, or `null` where they are not loaded: code that has a kernel asks at each call, and runs its
 * TypeScript otherwise. Both give the same numbers to the last bit.
 *
 * @example
 * ```ts
 * import { kernels, useKernels } from '@aimle/kernels';
 * await useKernels(false);
 * kernels(); // => null
 * ```
 */
export function kernels(): Kernels | null {
  return loaded;
}

/** Makes `kernels()` return these. */
export function install(found: Kernels | null): void {
  loaded = found;
}
