import { aimle } from './aimle.js';
import { processTerminal } from './terminal/terminal.js';

// `aimle ... | head` closes our output before we are done. That is no error: stop, or go on without an audience.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// The code is set, not exited with: whatever is still on its way to a pipe gets there.
process.exitCode = await aimle(process.argv.slice(2), processTerminal());
