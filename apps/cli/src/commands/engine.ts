import type { NativeStatus } from '@aimle/native-engine';
import type { Command } from 'commander';
import { stoppable } from '../interruption.js';
import type { Call, Ink } from '../terminal/terminal.js';
import { duration, size } from '../terminal/wording.js';

export function addEngine(engine: Command, call: Call): void {
  const { terminal } = call;
  engine
    .command('install')
    .description('download TensorFlow itself, about 210 MB, into your cache folder, for every project')
    .command('native')
    .description('the only engine that is installed separately')
    .option('--json', 'print what was done as one JSON document on stdout')
    .action(async ({ json }: { json?: true }) => {
      const { installNative } = await import('@aimle/native-engine');
      await stoppable(call, 'Nothing', async (signal) => {
        const done = await installNative({ signal, onEvent: ({ message }) => terminal.stderr(message) });
        if (json) return terminal.json(done);
        terminal.stdout(
          done.already
            ? `already there: TensorFlow ${done.version} in ${done.folder}`
            : `installed TensorFlow ${done.version} (${size(done.bytes ?? 0)}) in ${done.folder} in ${duration(done.seconds)}`,
        );
      });
    });
  engine
    .command('remove')
    .description('remove the native engine from this machine')
    .command('native')
    .description('the only engine that is installed separately')
    .option('--json', 'print what was removed as one JSON document on stdout')
    .action(async ({ json }: { json?: true }) => {
      const { removeNative } = await import('@aimle/native-engine');
      const { removed } = await removeNative();
      if (json) return terminal.json({ removed });
      terminal.stdout(removed.length === 0 ? 'there was nothing to remove' : `removed ${removed.join(', ')}`);
    });
  engine
    .command('status')
    .description('show whether the native engine is installed, and check the checksums of its files')
    .option('--json', 'print it as one JSON document on stdout')
    .action(async ({ json }: { json?: true }) => {
      const { nativeStatus } = await import('@aimle/native-engine');
      const status = await nativeStatus({ verify: 'checksum' });
      if (json) return terminal.json(status);
      for (const line of statusLines(status, terminal.stdoutInk)) terminal.stdout(line);
    });
}

/** Says whether the native engine is installed, and what is wrong with it. */
export function statusLines({ installed, version, bytes, folder, faults }: NativeStatus, ink: Ink): string[] {
  const place = installed
    ? `installed: TensorFlow ${version}, ${size(bytes ?? 0)}, in ${folder}`
    : `not installed; it would be in ${folder}`;
  return [place, ...faults.map((fault) => ink.red(fault))];
}
