import { exitCode, explain } from './failure.js';
import { program } from './program.js';
import { callable } from './terminal/callable.js';
import type { Terminal } from './terminal/terminal.js';

/**
 * Runs one command line and returns the exit code: 0 done, 1 it failed while running, 2 the request was wrong, 130 it
 * was interrupted: saved, or nothing done yet. Never throws and never ends the process, unless Ctrl-C comes twice.
 *
 * Use it to call the program from a program; most will want the packages behind it instead.
 *
 * @param words The words after `aimle`.
 * @param audience Where it speaks.
 * @example
 * ```ts
 * import { aimle, processTerminal } from '@aimle/cli';
 *
 * const answers: string[] = [];
 * const terminal = { ...processTerminal(), answer: (text: string) => void answers.push(text) };
 * await aimle(['--version'], terminal); // => 0
 * answers.length; // => 1
 * ```
 */
export async function aimle(words: readonly string[], audience: Terminal): Promise<number> {
  const terminal = callable(audience);
  let code: number = exitCode.done;
  try {
    const commands = program({
      words,
      terminal,
      endWith: (ended) => {
        code = ended;
      },
    });
    if (words.length === 0) commands.outputHelp();
    else await commands.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, terminal);
  }
}
