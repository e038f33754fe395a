import type { Command } from 'commander';
import type { Call } from '../terminal/terminal.js';

/** A command as the list of all commands shows it. */
export interface Entry {
  readonly name: string;
  readonly about: string;
  /** Loads what gives the command its arguments, options, subcommands and action. */
  load(): Promise<(command: Command, call: Call) => void>;
}
