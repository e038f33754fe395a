import type { Command } from 'commander';
import type { Call } from '../call.js';

export function addData(program: Command, { terminal }: Call): void {
  program.command('data').description('look at, download and verify data sets');
  void terminal;
}
