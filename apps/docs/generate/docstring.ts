/** The prose, the parameters and the examples of one docstring. */
export interface Docstring {
  readonly prose: string;
  readonly returns: string;
  readonly throws: readonly string[];
  readonly example: string;
  readonly sources: readonly string[];
}

export function docstringOf(source: string, name: string): Docstring {
  const declared = new RegExp(`export (?:(?:async )?function|const) ${name}\\b`).exec(source);
  const end = declared ? source.lastIndexOf('*/', declared.index) : -1;
  if (!declared || end < 0 || source.slice(end + 2, declared.index).trim() !== '') {
    throw new Error(`structures: no docstring right before "export function ${name}"`);
  }
  const lines = source
    .slice(source.lastIndexOf('/**', end) + 3, end)
    .split('\n')
    .map((each) => each.replace(/^\s*\* ?/, ''));
  const [prose = '', ...tags] = unlinked(lines.join('\n')).split(
    /^(?=@(?:param|returns|throws|example|see)\b)/m,
  );
  const tagged = (tag: string): string[] =>
    tags.filter((each) => each.startsWith(`@${tag}`)).map((each) => each.slice(tag.length + 1).trim());
  return {
    prose: prose.trim(),
    returns: flowing(tagged('returns').join(' ')),
    throws: tagged('throws').map(flowing),
    example: tagged('example').join('\n\n'),
    sources: tagged('see').map(flowing),
  };
}

function unlinked(words: string): string {
  return words.replace(/\{@link ([^}]+)\}/g, '`$1`');
}

function flowing(words: string): string {
  return words.replace(/\s+/g, ' ');
}
