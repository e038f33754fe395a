import { aimle } from './aimle.js';
import { processTerminal } from './terminal/terminal.js';

// `aimle ... | head` closes stdout before we are done. That is not an error: stop, or continue without stderr.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// The code is set, without process.exit, so that pending output still reaches a pipe.
process.exitCode = await aimle(process.argv.slice(2), processTerminal());
