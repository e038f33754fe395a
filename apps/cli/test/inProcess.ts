import { aimle } from '../src/index.js';
import { ink } from '../src/terminal/terminal.js';

/** What a call of the program left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in this process, as it is: for requests that start no engine and leave no files. */
export async function inProcess(argv: readonly string[]): Promise<Outcome> {
  const printed = { stdout: '', stderr: '' };
  const stdout = (text: string) => {
    printed.stdout += `${text}\n`;
  };
  const stderr = (line: string) => {
    printed.stderr += `${line}\n`;
  };
  const code = await aimle(argv, {
    stdout,
    json: (document) => stdout(JSON.stringify(document)),
    stderr,
    draw: stderr,
    live: false,
    columns: 80,
    ink: ink(false),
    stdoutInk: ink(false),
  });
  return { code, ...printed };
}
