/** The names of all options: the compiler refuses a table that leaves one out. */
export type OptionNames<Options> = { readonly [Name in keyof Required<Options>]: true };

/**
 * Checks what a caller without types may get wrong: that options are an object, and that every name in it is known. Use it
 * first in a function that takes options; it returns them. **Cost**: one look-up for each option.
 *
 * @param owner - the function, which messages begin with.
 * @param options - as the caller gave them.
 * @param known - every option that there is.
 * @throws TypeError when the options are no object; RangeError that names the unknown option and the nearest known one.
 * @example
 * ```ts
 * import { checkOptions } from '@aimle/solvers';
 *
 * const circle = (options: { radius: number }): number => checkOptions('circle', options, { radius: true }).radius;
 * let message = '';
 * try {
 *   circle({ raduis: 2 } as never);
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * message; // => 'circle: there is no option raduis; did you mean radius? There is radius.'
 * ```
 */
export function checkOptions<Options extends object>(
  owner: string,
  options: Options,
  known: OptionNames<Options>,
): Options {
  const names = Object.keys(known);
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const got = Array.isArray(options) ? 'an array' : options === null ? 'null' : typeof options;
    throw new TypeError(`${owner}: options must be an object, such as { ${names[0]}: ... }, got ${got}`);
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return options;
  const near = nearest(unknown, names);
  const hint = near === undefined ? '.' : `; did you mean ${near}?`;
  const list = `${names.length === 1 ? 'There is' : 'There are'} ${names.join(', ')}.`;
  throw new RangeError(`${owner}: there is no option ${unknown}${hint} ${list}`);
}

/** The name that the fewest letters must change in, if at most a third of it. */
function nearest(word: string, names: readonly string[]): string | undefined {
  const far = (name: string): number => distance(word.toLowerCase(), name.toLowerCase());
  return names
    .filter((name) => far(name) <= Math.ceil(name.length / 3))
    .sort((one, other) => far(one) - far(other))[0];
}

/** The letters to insert, delete or replace to turn one word into the other (Levenshtein 1966). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next.push(Math.min(row[j - 1]! + Number(from[i - 1] !== to[j - 1]), row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
