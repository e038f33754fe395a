/** A number that matches every number that rounds to it, at the digits written. */
class About {
  readonly centre: number;
  readonly tolerance: number;

  constructor(decimal: string) {
    const [mantissa = '', exponent = '0'] = decimal.toLowerCase().split('e');
    const digits = (mantissa.split('.')[1]?.length ?? 0) - Number(exponent);
    this.centre = Number(decimal);
    this.tolerance = 10 ** -digits / 2;
  }
}

/** What a comment after `// =>` promises, given what `~0.12` means: any number that rounds to 0.12. */
export type Expectation = (about: (decimal: string) => unknown) => unknown;

/** Whether a value is what a comment promises; undefined if the comment cannot be evaluated. */
export function isAsExpected(value: unknown, expectation: Expectation): boolean | undefined {
  let expected: unknown;
  try {
    expected = expectation((decimal) => new About(decimal));
  } catch {
    return undefined;
  }
  return agrees(value, expected);
}

function agrees(value: unknown, expected: unknown): boolean {
  if (expected instanceof About) {
    return typeof value === 'number' && Math.abs(value - expected.centre) < expected.tolerance;
  }
  if (isList(value) && isList(expected)) {
    return (
      value.length === expected.length && Array.from(expected).every((each, i) => agrees(value[i], each))
    );
  }
  if (isRecord(value) && isRecord(expected)) {
    const names = Object.keys(expected);
    return (
      names.length === Object.keys(value).length && names.every((name) => agrees(value[name], expected[name]))
    );
  }
  return value === expected || Object.is(value, expected);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}
