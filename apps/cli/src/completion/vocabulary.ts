import type { Command, Option } from 'commander';
import { engineOption } from '../options/engine.js';
import { taskNamed } from '../tasks.js';

/** What can follow a command. */
export interface Vocabulary {
  /** The command's words after `aimle`, such as `train dvae`; empty for `aimle` itself. */
  readonly path: string;
  readonly commands: readonly Described[];
  readonly options: readonly (Described & {
    /** The values it takes, where they are known: empty for others. */
    readonly values: readonly string[];
    readonly takesValue: boolean;
  })[];
}

interface Described {
  readonly word: string;
  /** One line. */
  readonly about: string;
}

/** Lists the words of every command, from the tables that the help is made of. */
export function vocabularyOf(program: Command): Vocabulary[] {
  return wordsOf(program, []);
}

function wordsOf(command: Command, path: readonly string[]): Vocabulary[] {
  const own = {
    path: path.join(' '),
    commands: command.commands.map((each) => ({ word: each.name(), about: line(each.description()) })),
    options: command.options.flatMap((option) =>
      option.long == null || option.hidden
        ? []
        : [
            {
              word: option.long,
              about: line(option.description),
              values: valuesOf(option, path),
              takesValue: option.required || option.optional,
            },
          ],
    ),
  };
  return [own, ...command.commands.flatMap((each) => wordsOf(each, [...path, each.name()]))];
}

function valuesOf(option: Option, [group, name]: readonly string[]): readonly string[] {
  if (option.long === '--engine') return engineOption.unwrap().options;
  if (group !== 'train' || name === undefined) return [];
  if (option.long === '--preset') return ['quick', 'paper'];
  const { rows } = taskNamed(name);
  if (option.long === '--set') {
    return Object.keys(rows).flatMap((setting) =>
      rows[setting]!.option === undefined ? [`${setting}=`] : [],
    );
  }
  const row = rows[option.attributeName()];
  return row?.kind === 'choice' ? row.of.filter((value) => !value.startsWith('*')) : [];
}

const line = (text: string): string => text.split(/[.;:(]/)[0]!.trim();
