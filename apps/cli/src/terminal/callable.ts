import { ownName } from '../invocation.js';
import type { Terminal } from './terminal.js';

/** Matches an `aimle` command within prose. The packages know the program by its installed name, or as `npx @aimle/cli`, which users of theirs alone can call. */
const command =
  /(?<=^|[\s`]|\[\d+m)aimle (?=(?:train|evaluate|explain|predict|export|report|gradients|reproduce|bench|doctor|data|engine)(?![\w./-]))/gm;

/** Fields of JSON documents that hold advice for people; other strings are left unchanged. */
const advice: readonly string[] = ['remedy', 'problem'];

/** Wraps a terminal so that every `aimle` command it prints can be copied and works from here. */
export function callable(terminal: Terminal, name: string = ownName()): Terminal {
  const here = (text: string) =>
    text.replaceAll('npx @aimle/cli ', 'aimle ').replace(command, () => `${name} `);
  const advised = (key: string, value: unknown) =>
    advice.includes(key) && typeof value === 'string' ? here(value) : value;
  return {
    ...terminal,
    stdout: (text) => terminal.stdout(here(text)),
    json: (document) => terminal.json(JSON.parse(JSON.stringify(document, advised))),
    stderr: (line) => terminal.stderr(here(line)),
    get columns() {
      return terminal.columns;
    },
  };
}
