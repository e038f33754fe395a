/**
 * Finds the first key that occurs twice in one object of a JSON text, or undefined. `JSON.parse` would silently keep
 * the last one. The text must be valid JSON.
 */
export function duplicateKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/gs;
  for (const [match, colon] of text.matchAll(token)) {
    if (match === '{') open.push(new Set());
    else if (match === '}') open.pop();
    else if (colon !== undefined) {
      const key: string = JSON.parse(match.slice(0, -colon.length));
      const keys = open.at(-1)!;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}
