import { InterruptedError, RequestError } from '@aimle/training/errors';
import { CommanderError } from 'commander';
import type { Terminal } from './terminal/terminal.js';

/** What the process ends with; design.md, section 4. 130 is a shell's code for Ctrl-C. */
export const exitCode = { done: 0, failed: 1, wrongRequest: 2, interrupted: 130 } as const;

/** Tells the user what went wrong, in one message, and returns the exit code that fits. */
export function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCode.done; // --help and --version arrive here too
    if (error.code === 'commander.help') return exitCode.wrongRequest; // a group without a command: its help was shown
    say(error.message.replace(/^error: /, '').replace(/\n\(Did you mean (.*)\)$/s, '; did you mean $1'));
    return exitCode.wrongRequest;
  }
  const { message, name, stack } = error instanceof Error ? error : new Error(String(error));
  if (error instanceof InterruptedError) {
    terminal.say(message);
    return exitCode.interrupted;
  }
  say(message);
  if (process.env['AIMLE_DEBUG'] === '1') terminal.say(withCauses(error, stack ?? ''));
  else if (unexpected.has(name)) terminal.say('This should not happen. AIMLE_DEBUG=1 shows where it did.');
  return error instanceof RequestError ? exitCode.wrongRequest : exitCode.failed;

  function say(text: string): void {
    terminal.say(`${terminal.ink.red('aimle:')} ${text}`);
  }
}

/** Errors that our own checks never throw: they are bugs. */
const unexpected = new Set(['TypeError', 'ReferenceError', 'SyntaxError']);

function withCauses(error: unknown, stack: string): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? `${stack}\ncaused by ${withCauses(cause, cause.stack ?? '')}` : stack;
}
