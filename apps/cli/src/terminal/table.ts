/** Formats rows of text in columns. The first row has the style of `heading`; the columns in `right` are right-aligned. */
export function table(
  rows: readonly (readonly string[])[],
  { heading = (text: string) => text, right = [] as readonly number[] } = {},
): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => (row[i] ?? '').length)),
  );
  return rows
    .map((row, index) => {
      const cells = row.map((cell, i) =>
        right.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!),
      );
      const line = cells.join('   ').trimEnd();
      return index === 0 ? heading(line) : line;
    })
    .join('\n');
}
