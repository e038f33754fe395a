import { aimle } from '../src/index.js';
import { ink } from '../src/terminal/ink.js';

/** What a call of the program left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in this process, as it is: for requests that start no engine and leave no files. */
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
