import { expect } from 'vitest';

/** Fails the running example unless the value is deeply equal; a typed array equals an array of its elements. */
export function assertValue(actual: unknown, expected: unknown): void {
  expect(plain(actual)).toEqual(plain(expected));
}

/** Matches any number that rounds to the given decimal at its number of digits: `about('0.12')`. */
export function about(decimal: string): unknown {
  const [mantissa = '', exponent = '0'] = decimal.toLowerCase().split('e');
  const digits = mantissa.split('.')[1]?.length ?? 0;
  return expect.closeTo(Number(decimal), digits - Number(exponent));
}

function plain(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number>, plain);
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
  }
  return value;
}
