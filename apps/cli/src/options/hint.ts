import type { Command } from 'commander';
import { taskNamed, tasks } from '../tasks.js';
import { aliasOf } from './aliases.js';
import { dashed } from './taskSettings.js';
import { nearest } from './values.js';

/**
 * Says which option an unknown one stands for: one of the command's options, or a setting that --set changes. By its alias,
 * or by the nearest name; empty if none is near.
 */
export function optionHint(program: Command, argv: readonly string[], flag: string): string {
  const command = called(program, argv);
  const own = command.options.flatMap(({ long, hidden }) => (long && !hidden ? [long] : []));
  const settings = settingsOf(command);
  const spelled = new Map([
    ...own.map((option): [string, string] => [option.slice(2), option]),
    ...settings.flatMap((setting) => {
      const advice = `--set ${setting}=${valueAfter(argv, flag)}`;
      return [setting, dashed(setting).slice(2)].map((name): [string, string] => [name, advice]);
    }),
  ]);
  const name = flag.replace(/^-+/, '').replace(/=.*$/s, '');
  const alias = aliasOf(name);
  const advice =
    (alias !== undefined && (spelled.get(dashed(alias).slice(2)) ?? spelled.get(alias))) ||
    spelled.get(nearest(name, [...spelled.keys()]) ?? '');
  return advice === undefined ? '' : `; did you mean ${advice}?`;
}

/** The command that the arguments call. */
function called(program: Command, argv: readonly string[]): Command {
  let command = program;
  for (const word of argv) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) break;
    command = next;
  }
  return command;
}

/** The settings that --set changes in a command that trains. */
function settingsOf(command: Command): string[] {
  if (command.parent?.name() !== 'train' || !tasks.some(({ name }) => name === command.name())) return [];
  const { rows } = taskNamed(command.name());
  return Object.keys(rows).filter((setting) => rows[setting]!.option === undefined);
}

function valueAfter(argv: readonly string[], flag: string): string {
  const [, joined] = /^[^=]*=(.*)$/s.exec(flag) ?? [];
  const next = joined ?? argv[argv.indexOf(flag) + 1];
  return next === undefined || /^-+[a-z]/i.test(next) ? 'VALUE' : next;
}
