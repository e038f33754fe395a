/**
 * A value that survives `JSON.parse(JSON.stringify(value))` unchanged.
 *
 * Configurations and adaptive states have this type, because they are written into run directories and read back.
 * Numbers in it must be finite: JSON has no NaN and no infinity.
 *
 * @example
 * ```ts
 * import type { JsonValue } from '@aimle/training';
 *
 * const state: JsonValue = { lambda: 0.5, seen: [1, 2, 3] };
 * JSON.parse(JSON.stringify(state)); // => { lambda: 0.5, seen: [1, 2, 3] }
 * ```
 */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };
