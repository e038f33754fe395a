import type { Task, TaskConfig } from '@aimle/training';
import { defaultText, readWhen } from '@aimle/training/settings';
import { type Command, Help, Option } from 'commander';
import type { Call } from '../call.js';
import { engineHelp } from '../options/engine.js';
import { dashed } from '../options/taskSettings.js';
import { tasks } from '../tasks.js';
import { train } from './training.js';

/** `aimle train`: one subcommand for each task, made from the table of its settings. */
export function addTrain(program: Command, call: Call): void {
  const group = program.command('train').description('train a model and keep everything in a run directory');
  for (const task of tasks) addTask(group, task, call);
}

/** An option that may be given several times. */
const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

function addTask(group: Command, task: Task<TaskConfig, unknown>, call: Call): void {
  const { name, about, groups, examples, notes } = task;
  const command = group
    .command(name)
    .description(about)
    .optionsGroup('What to begin with:')
    .option('--preset <name>', 'quick: minutes on two cores; paper: the published setting (default: quick)');
  for (const [heading, rows] of Object.entries(groups)) {
    command.optionsGroup(`${heading}:`);
    for (const [setting, { option }] of Object.entries(rows)) {
      if (option !== undefined) command.option(`${dashed(setting)} ${option}`, helpOf(task, setting));
    }
  }
  command
    .optionsGroup('Run:')
    .option('--set <name=value>', 'any other setting; may be repeated', collect)
    .option(...engineHelp)
    .option('--run <folder>', `the run directory (default: runs/${name}-METHOD-TIME)`)
    .option('--resume <folder>', 'go on with this run; only --epochs and --steps may change')
    .option('--json', 'print the summary as one JSON document on stdout')
    .helpOption('-h, --help', 'show this')
    .addHelpText('after', () =>
      [notes, ending(name, examples)]
        .filter(Boolean)
        .map((text) => `\n${text}`)
        .join('\n'),
    )
    .action((raw: Readonly<Record<string, unknown>>) => train(task, raw, call));
  listOthers(command, task);
}

/** Has the help list the settings without an option of their own. */
function listOthers(command: Command, task: Task<TaskConfig, unknown>): void {
  const others = Object.entries(task.rows)
    .filter(([, row]) => row.option === undefined)
    .map(([setting]) => {
      const other = new Option(`--${setting}`, helpOf(task, setting)).helpGroup('By --set NAME=VALUE:');
      return { other, setting };
    });
  command.configureHelp({
    visibleOptions(shown) {
      return [...Help.prototype.visibleOptions.call(this, shown), ...others.map(({ other }) => other)];
    },
    optionTerm: (option) => others.find(({ other }) => other === option)?.setting ?? option.flags,
  });
}

/** What a setting is for, its choices, what else it needs, and its defaults. */
function helpOf(task: Task<TaskConfig, unknown>, setting: string): string {
  const row = task.rows[setting]!;
  const named =
    row.kind === 'choice' && !row.of.every((choice) => row.help.includes(choice.replace('*', '')));
  const when = readWhen(task, setting);
  const usual = defaultText(task, setting);
  return [
    row.help,
    row.kind === 'choice' && named && `: ${row.of.slice(0, -1).join(', ')} or ${row.of.at(-1)}`,
    when !== '' && `; only with ${when}`,
    usual !== '' && ` (default: ${usual})`,
  ]
    .filter(Boolean)
    .join('');
}

function ending(name: string, examples: readonly string[]): string {
  const lines = examples.map((example) => `  aimle train ${name} ${example}`.trimEnd());
  return [
    'Ctrl-C finishes the step, saves, and says how to go on; twice leaves at once.',
    '',
    'Examples:',
    ...lines,
  ].join('\n');
}
