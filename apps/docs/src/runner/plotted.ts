import type { Series } from './protocol.js';

/** The lines that `// plot` draws of a value: a list of numbers is one line, a record of lists is one for each name. */
export function seriesOf(value: unknown, name: string): Series[] {
  if (isNumbers(value)) return [{ name, values: Array.from(value) }];
  if (value === null || typeof value !== 'object') throw unfit();
  return Object.entries(value).map(([each, values]) => {
    if (!isNumbers(values)) throw unfit();
    return { name: each, values: Array.from(values) };
  });
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  return isList && Array.from(value as ArrayLike<unknown>).every((each) => typeof each === 'number');
}

function unfit(): TypeError {
  return new TypeError(
    '// plot draws a list of numbers, or an object of such lists; turn the value into one',
  );
}
