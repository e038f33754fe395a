import { exitCode, reportFailure } from './failure.js';
import { program } from './program.js';
import { callable } from './terminal/callable.js';
import { shielded } from './terminal/shielded.js';
import type { Terminal } from './terminal/terminal.js';

/**
 * Runs one command line and returns the exit code: 0 done, 1 failed while running, 2 wrong request, 130
 * interrupted (the run was saved, or nothing had begun). Never throws and never ends the process, unless Ctrl-C comes twice.
 *
 * Use it to call the command from a program. Most programs should use the packages directly.
 *
 * @param argv The arguments after `aimle`.
 * @param terminal Where the output goes.
 * @example
 * ```ts
 * import { aimle, processTerminal } from '@aimle/cli';
 *
 * const answers: string[] = [];
 * const terminal = { ...processTerminal(), stdout: (text: string) => void answers.push(text) };
 * await aimle(['--version'], terminal); // => 0
 * answers.length; // => 1
 * ```
 */
export async function aimle(argv: readonly string[], terminal: Terminal): Promise<number> {
  const output = shielded(callable(terminal));
  let code: number = exitCode.done;
  try {
    const commands = await program({
      argv,
      terminal: output,
      endWith: (ended) => {
        code = ended;
      },
    });
    if (argv.length === 0) commands.outputHelp();
    else await commands.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return reportFailure(error, output);
  }
}
