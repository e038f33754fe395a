/**
 * Yields the braces and strings of a valid JSON text, and which strings are keys. A regular expression
 * for strings would need a stack as long as they are, and those of a checkpoint's metadata have megabytes.
 */
export function* jsonTokens(text: string): Generator<readonly [token: string, isKey: boolean]> {
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
