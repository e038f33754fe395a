import { aimle } from '../src/index.js';
import { ink } from '../src/terminal/ink.js';
import type { Outcome } from './spawnCli.js';

/** Runs the program here, where that is enough: it starts no engine and leaves no files. */
export async function inProcess(words: readonly string[]): Promise<Outcome> {
  const heard = { stdout: '', stderr: '' };
  const answer = (text: string) => {
    heard.stdout += `${text}\n`;
  };
  const say = (line: string) => {
    heard.stderr += `${line}\n`;
  };
  const code = await aimle(words, {
    answer,
    json: (document) => answer(JSON.stringify(document)),
    say,
    draw: say,
    live: false,
    columns: 80,
    ink: ink(false),
    answerInk: ink(false),
  });
  return { code, ...heard };
}
