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

/**
 * Whether a value is what the comment after `// =>` says: an expression, in which `~0.12` is any number that rounds to
 * 0.12. Undefined if the comment is not an expression.
 */
export function isAsExpected(value: unknown, comment: string): boolean | undefined {
  const source = comment.replaceAll(/~\s*(-?[\d.]+(?:e[+-]?\d+)?)/gi, "about('$1')");
  let expected: unknown;
  try {
    const evaluate = new Function('about', `return (${source});`) as (about: unknown) => unknown;
    expected = evaluate((decimal: string) => new About(decimal));
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
