import type { Command } from 'commander';
import type { Call } from '../call.js';
import { exitCode } from '../failure.js';
import { interruptible } from '../interruption.js';
import { duration, size } from '../terminal/wording.js';

/** `aimle engine`: the native engine's installation. */
export function addEngine(program: Command, { terminal, endWith }: Call): void {
  const engine = program.command('engine').description('install, remove or look at the native engine');
  engine
    .command('install')
    .description(
      'get TensorFlow itself: about 210 MB to download, kept in your cache folder for every project',
    )
    .command('native')
    .description('the only engine that is installed apart')
    .option('--json', 'print what was done as one JSON document on stdout')
    .action(async ({ json }: { json?: true }) => {
      const { installNative } = await import('@aimle/native-engine');
      await interruptible(
        async (signal) => {
          try {
            const done = await installNative({ signal, onEvent: ({ message }) => terminal.say(message) });
            if (json) return terminal.json(done);
            terminal.answer(
              done.already
                ? `already there: TensorFlow ${done.version} in ${done.folder}`
                : `installed TensorFlow ${done.version} (${size(done.bytes ?? 0)}) in ${done.folder} in ${duration(done.seconds)}`,
            );
          } catch (error) {
            if (!signal.aborted) throw error;
            terminal.say('Stopped; nothing of it stays.');
            endWith(exitCode.interrupted);
          }
        },
        () => terminal.say('Stopping. Ctrl-C again leaves at once.'),
      );
    });
  engine
    .command('remove')
    .description('take the native engine off this machine again')
    .command('native')
    .description('the only engine that is installed apart')
    .option('--json', 'print what was removed as one JSON document on stdout')
    .action(async ({ json }: { json?: true }) => {
      const { removeNative } = await import('@aimle/native-engine');
      const { removed } = await removeNative();
      if (json) return terminal.json({ removed });
      terminal.answer(removed.length === 0 ? 'there was nothing to remove' : `removed ${removed.join(', ')}`);
    });
  engine
    .command('status')
    .description('whether the native engine is installed, and what is wrong with it')
    .option('--json', 'print it as one JSON document on stdout')
    .action(async ({ json }: { json?: true }) => {
      const { nativeStatus } = await import('@aimle/native-engine');
      const status = await nativeStatus();
      if (json) return terminal.json(status);
      terminal.answer(
        status.installed
          ? `installed: TensorFlow ${status.version}, ${size(status.bytes ?? 0)}, in ${status.folder}`
          : `not installed; it would be in ${status.folder}`,
      );
      for (const fault of status.faults) terminal.answer(terminal.answerInk.red(fault));
    });
}
