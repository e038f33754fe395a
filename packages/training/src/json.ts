/**
 * A value that survives `JSON.parse(JSON.stringify(value))` unchanged.
 *
 * Configurations and adaptive states have this type, because run directories store them.
 * Numbers in it must be finite: JSON has no NaN and no infinity.
 */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** Works like `JSON.stringify`, but throws on a number that JSON cannot hold, and says where it is. */
export function jsonText(value: unknown, what: string): string {
  const path: string[] = [];
  check(value);
  return JSON.stringify(value);

  function check(part: unknown): void {
    if (typeof part === 'number' && !Number.isFinite(part)) {
      throw new Error(`${what}: ${path.join('.')} must be a finite number to be saved, got ${part}`);
    }
    if (part === null || typeof part !== 'object') return;
    for (const [name, field] of Object.entries(part)) {
      path.push(name);
      check(field);
      path.pop();
    }
  }
}
