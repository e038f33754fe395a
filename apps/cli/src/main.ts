import { aimle } from './aimle.js';
import { exitCode } from './failure.js';
import { processTerminal } from './terminal/terminal.js';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space',
  EDQUOT: 'the disk quota is used up; free some space',
  EIO: 'the device or the terminal is gone',
  EBADF: 'it is closed',
};

process.stdout.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
  // `aimle ... | head` closes stdout before we are done. That is not an error.
  if (code === 'EPIPE') process.exit();
  process.stderr.write(`aimle: cannot write the result to stdout: ${reasons[code] ?? message}\n`);
  process.exit(exitCode.failed);
});
// Without stderr, a training goes on: what it does is in the run directory too.
process.stderr.on('error', () => {});

// The code is set, without process.exit, so that pending output still reaches a pipe.
process.exitCode = await aimle(process.argv.slice(2), processTerminal());
