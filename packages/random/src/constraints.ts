/** Formats a value for an error message: strings are quoted, other objects are shown by their class. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  return typeof value === 'object' && value !== null
    ? (value.constructor?.name ?? 'an object')
    : String(value);
}

export function requireInteger(what: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(`${what} must be an integer in [${low}, ${high}], got ${shown(value)}`);
  }
}

export function requireNumber(what: string, value: number, low: number, high: number): void {
  if (typeof value !== 'number' || !(value >= low && value <= high)) {
    throw new RangeError(`${what} must be a number in [${low}, ${high}], got ${shown(value)}`);
  }
}

const isWord = (value: unknown) => typeof value === 'number' && value >>> 0 === value;

export function requireKey(caller: string, key: readonly number[]): void {
  if (!Array.isArray(key) || key.length !== 2 || !isWord(key[0]) || !isWord(key[1])) {
    throw new TypeError(
      `${caller}: key must be two integers in [0, 2^32), got ${shown(key)}; make one with key(seed)`,
    );
  }
}

export function requireFloats(caller: string, out: Float32Array | Float64Array): void {
  if (!(out instanceof Float32Array || out instanceof Float64Array)) {
    throw new TypeError(`${caller}: out must be a Float32Array or a Float64Array, got ${shown(out)}`);
  }
}

export function requireArray<T extends Int32Array | Uint32Array | Float32Array>(
  caller: string,
  out: T,
  kind: { new (length: number): T; readonly name: string },
): void {
  if (!(out instanceof kind)) {
    throw new TypeError(`${caller}: out must be a ${kind.name}, got ${shown(out)}`);
  }
}
