import { spawnSync } from 'node:child_process';

/** The same files, Markdown as the repository's formatter would leave it. */
export function format(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...files].map(([name, text]) => {
      if (!name.endsWith('.md')) return [name, text];
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['node_modules/@biomejs/biome/bin/biome', 'format', `--stdin-file-path=docs/structures/${name}`],
        { input: text, encoding: 'utf8' },
      );
      if (status !== 0) throw new Error(`structures: ${name} could not be formatted:\n${stderr}`);
      return [name, stdout];
    }),
  );
}
