import { type Command, CommanderError } from 'commander';
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
  let commands: Command | undefined;
  try {
    commands = await program({
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
    return reportFailure(await withHint(error, commands, argv), output);
  }
}

/** Gives the error of an unknown option the name of the one that is meant. */
async function withHint(error: unknown, commands: Command | undefined, argv: readonly string[]) {
  if (
    !(error instanceof CommanderError) ||
    error.code !== 'commander.unknownOption' ||
    commands === undefined
  ) {
    return error;
  }
  const [, flag] = /unknown option '(.*)'/.exec(error.message) ?? [];
  const { optionHint } = await import('./options/hint.js');
  const message = `unknown option '${flag}'${optionHint(commands, argv, flag!)}`;
  return new CommanderError(error.exitCode, error.code, message);
}
