import { ownName } from '../invocation.js';
import type { Terminal } from './terminal.js';

/** A command of ours within prose, whoever wrote it: the packages know the program by its installed name only. */
const command =
  /(?<=^|[\s`]|\[\d+m)aimle (?=(?:train|evaluate|report|gradients|reproduce|bench|doctor|data|engine)(?![\w./-]))/gm;

/** What a document holds for people to read and act upon; its other strings are left as they are. */
const advice: readonly string[] = ['remedy', 'problem'];

/** The same terminal, where every command of ours that is said can be copied and works from here. */
export function callable(terminal: Terminal, name: string = ownName()): Terminal {
  const here = (text: string) => text.replace(command, () => `${name} `);
  const advised = (key: string, value: unknown) =>
    advice.includes(key) && typeof value === 'string' ? here(value) : value;
  return {
    answer: (text) => terminal.answer(here(text)),
    json: (document) => terminal.json(JSON.parse(JSON.stringify(document, advised))),
    say: (line) => terminal.say(here(line)),
    draw: (text) => terminal.draw(text),
    live: terminal.live,
    get columns() {
      return terminal.columns;
    },
    ink: terminal.ink,
    answerInk: terminal.answerInk,
  };
}
