/** The keys of the outermost object of a valid JSON text, in its order, and the first key that an object has twice. */
export function jsonKeys(text: string): {
  readonly outermost: readonly string[];
  readonly twice: string | null;
} {
  const outermost: string[] = [];
  const open: Set<string>[] = [];
  for (const [match, isKey] of jsonTokens(text)) {
    if (match === '{') open.push(new Set());
    else if (match === '}') open.pop();
    else if (isKey) {
      const key: string = JSON.parse(match);
      const keys = open.at(-1)!;
      if (keys.has(key)) return { outermost, twice: key };
      keys.add(key);
      if (open.length === 1) outermost.push(key);
    }
  }
  return { outermost, twice: null };
}

/**
 * Parses JSON as `JSON.parse` does, but refuses an object that has a key twice: of two values, one would be lost without a word.
 *
 * @throws SyntaxError when the text is not JSON, or has a key twice.
 * @example
 * ```ts
 * import { parseJson } from '@aimle/datasets';
 *
 * parseJson('{"seed": 1}'); // => { seed: 1 }
 * let message = '';
 * try {
 *   parseJson('{"seed": 1, "seed": 2}');
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * message; // => '"seed" is given twice'
 * ```
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const { twice } = jsonKeys(text);
  if (twice !== null) throw new SyntaxError(`${JSON.stringify(twice.slice(0, 80))} is given twice`);
  return value;
}

/**
 * Yields the braces and strings of a valid JSON text, and which strings are keys. A regular expression
 * for strings would need a stack as long as they are, and those of a checkpoint's metadata have megabytes.
 */
function* jsonTokens(text: string): Generator<readonly [token: string, isKey: boolean]> {
  const begin = /["{}]/g;
  const colon = /\s*:/y;
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    if (found[0] !== '"') {
      yield [found[0], false];
      continue;
    }
    const end = endOfString(text, begin.lastIndex);
    colon.lastIndex = end;
    yield [text.slice(found.index, end), colon.test(text)];
    begin.lastIndex = end;
  }
}

/** Returns the index after the quote that closes a string: the first one that an even number of backslashes precede. */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); ; quote = text.indexOf('"', quote + 1)) {
    let before = quote;
    while (text[before - 1] === '\\') before -= 1;
    if ((quote - before) % 2 === 0) return quote + 1;
  }
}
