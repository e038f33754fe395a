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

  /** Sets the structure of the next passes: at least `low` and at most `high` of n. `room`: 2 n + 256 numbers. */
  setSubsets(n: number, low: number, high: number, room: number): void;
  /** Sets their noise, after the structure; no noise where the table is 0. `room`: max(1024, n) + 16 numbers. */
  setNoise(table: number, shift: number, room: number): void;
  /**
   * Sets their layout, after the structure: samples and events of a batch element, states in a group, and whether
   * theta is costs. `room`: r (2 n + 90 + n / 16) + 64 numbers, with r = max(1, 1024 / n) the rows at a time.
   */
  setLayout(samples: number, events: number, group: number, minimise: boolean, room: number): void;
  /** Starts a new sum of the magnitudes of all scores that are solved for. */
  forgetMagnitudes(): void;
  /** That sum: NaN if one of them was NaN, infinite if one was infinite; states are then not to be used. */
  sumOfMagnitudes(): number;
  /** Solves theta + temperature * noise for `count` batch elements from `first` on: writes z, and states as bits. */
  sampleStates(
    first: number,
    count: number,
    key0: number,
    key1: number,
    temperature: number,
    theta: number,
    z: number,
    states: number,
  ): void;
  /**
   * Averages differences over draws of the noise, for `count` batch elements from `first` on; difference.ts of
   * assembly/ says what each address holds.
   */
  averageDifferences(
    first: number,
    count: number,
    keys: number,
    draws: number,
    temperature: number,
    keepTheta: boolean,
    above: number,
    theta: number,
    gradient: number,
    along: number,
    weights: number,
    states: number,
    spare: number,
    bases: number,
    out: number,
    counts: number,
  ): void;
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
