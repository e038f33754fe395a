import { InterruptedError, RequestError } from '@aimle/training/errors';
import { CommanderError } from 'commander';
import type { Terminal } from './terminal/terminal.js';

/** The exit codes of the process. 130 is a shell's code for Ctrl-C. */
export const exitCode = { done: 0, failed: 1, wrongRequest: 2, interrupted: 130 } as const;

/** Writes what went wrong to stderr, in one message, and returns the exit code. */
export function reportFailure(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCode.done; // --help and --version arrive here too
    if (error.code === 'commander.help') return exitCode.wrongRequest; // a group without a command: its help was shown
    print(error.message.replace(/^error: /, '').replace(/\n\(Did you mean (.*)\)$/s, '; did you mean $1'));
    return exitCode.wrongRequest;
  }
  const { message, name, stack } = error instanceof Error ? error : new Error(String(error));
  if (error instanceof InterruptedError) {
    terminal.stderr(message);
    return exitCode.interrupted;
  }
  print(message);
  if (process.env['AIMLE_DEBUG'] === '1') terminal.stderr(withCauses(error, stack ?? ''));
  else if (unexpected.has(name)) terminal.stderr('This should not happen. AIMLE_DEBUG=1 shows where it did.');
  return error instanceof RequestError ? exitCode.wrongRequest : exitCode.failed;

  function print(text: string): void {
    terminal.stderr(`${terminal.ink.red('aimle:')} ${text}`);
  }
}

/** Errors that our own checks never throw: they are bugs. */
const unexpected = new Set(['TypeError', 'ReferenceError', 'SyntaxError']);

function withCauses(error: unknown, stack: string): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? `${stack}\ncaused by ${withCauses(cause, cause.stack ?? '')}` : stack;
}
