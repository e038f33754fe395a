import type { Command } from 'commander';
import { oneOf, parsed } from '../options/values.js';
import type { Call } from '../terminal/terminal.js';
import type { Entry } from './entry.js';

const shellSchema = oneOf('the shell', ['bash', 'zsh', 'fish']);

/** @param entries All commands, whose words are completed. */
export function addCompletion(entries: readonly Entry[]) {
  return (command: Command, call: Call): void =>
    void command
      .argument('<shell>', 'bash, zsh or fish')
      .addHelpText(
        'after',
        '\nTo have it in every new shell:' +
          '\n  echo \'eval "$(aimle completion bash)"\' >> ~/.bashrc' +
          '\n  echo \'eval "$(aimle completion zsh)"\' >> ~/.zshrc' +
          '\n  aimle completion fish > ~/.config/fish/completions/aimle.fish',
      )
      .action(async (name: string) => {
        const shell = parsed(shellSchema, name);
        const { bashScript, fishScript, zshScript } = await import('../completion/scripts.js');
        const { vocabularyOf } = await import('../completion/vocabulary.js');
        const program = command.parent!;
        for (const { name, load } of entries) {
          if (name !== command.name())
            (await load())(program.commands.find((each) => each.name() === name)!, call);
        }
        const vocabulary = vocabularyOf(program);
        const script = { bash: bashScript, zsh: zshScript, fish: fishScript }[shell];
        call.terminal.stdout(script(vocabulary).trimEnd());
      });
}
