import { Command } from 'commander';
import { commands } from './commands/list.js';
import { versions } from './invocation.js';
import type { Call } from './terminal/terminal.js';

/** Builds the command line, with all of the command that is called. Commander throws where it would end the process. */
export async function program(call: Call): Promise<Command> {
  const aimle = new Command('aimle')
    .description('Discrete choices inside neural networks, trained by gradient.')
    .version(versions().aimle)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => call.terminal.stdout(text.trimEnd()),
      writeErr: (text) => call.terminal.stderr(text.trimEnd()),
      // The caller reports errors, with everything else that goes wrong.
      outputError: () => {},
    })
    .addHelpText(
      'after',
      `
Start with:
  aimle doctor         what this machine can do
  aimle train dvae     train a small model, in minutes

AIMLE_DATA sets the data folder, AIMLE_ENGINE the engine; AIMLE_DEBUG=1 shows where an error came from.`,
    );
  const called = call.argv.find((word) => !word.startsWith('-') && word !== 'help');
  for (const { name, about, load } of commands) {
    const command = aimle.command(name).description(about);
    if (name === called) (await load())(command, call);
  }
  // After the commands have inherited the help's settings: their own lists show arguments and options.
  return aimle.configureHelp({ subcommandTerm: (command) => command.name() });
}
