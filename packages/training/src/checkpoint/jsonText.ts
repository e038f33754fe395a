/**
 * `JSON.stringify`, but a number that JSON cannot hold is an error instead of a null.
 *
 * @throws An error that names where the number is.
 */
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
