import { expect } from 'vitest';
import { type Closeness, differenceOf, type Numbers } from './difference.js';

declare module 'vitest' {
  interface Matchers<T> {
    /** Asserts that the numbers are close to the expected ones, element by element; see `differenceOf`. */
    toBeAllClose(expected: Numbers, closeness?: Closeness): void;
  }
}

/**
 * Implements `expect(actual).toBeAllClose(expected)`; importing this package installs the matcher.
 *
 * @example
 * ```ts
 * import '@aimle/testkit';
 * import { expect } from 'vitest';
 *
 * expect(Float32Array.of(0.1, 0.2)).toBeAllClose([0.1, 0.2]);
 * ```
 */
export function toBeAllClose(
  actual: Numbers,
  expected: Numbers,
  closeness?: Closeness,
): { pass: boolean; message: () => string } {
  const difference = differenceOf(actual, expected, closeness);
  return {
    pass: difference === undefined,
    message: () => difference ?? 'all elements are close, but were expected to differ',
  };
}

expect.extend({ toBeAllClose });
