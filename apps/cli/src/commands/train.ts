import type { Task, TaskConfig } from '@aimle/training';
import { defaultText, readWhen } from '@aimle/training/settings';
import { type Command, Help, Option } from 'commander';
import { engineHelp } from '../options/engine.js';
import { dashed } from '../options/taskSettings.js';
import { tasks } from '../tasks.js';
import type { Call } from '../terminal/terminal.js';
import { train } from './training.js';

/** Adds `aimle train`: one subcommand for each task, built from its settings table. */
export function addTrain(group: Command, call: Call): void {
  for (const task of tasks) addTask(group, task, call);
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

function addTask(group: Command, task: Task<TaskConfig, unknown>, call: Call): void {
  const { name, about, groups, examples, notes } = task;
  const command = group
    .command(name)
    .description(about)
    .optionsGroup('Preset:')
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
    .option(
      '--config <file>',
      'settings from a JSON file, {"epochs": 20, "learningRate": 5e-4}, or from the config.json of a run; options override them',
    )
    .option(
      '--init <file>',
      'begin with the weights in a .safetensors file: from `aimle export`, a checkpoint, or PyTorch',
    )
    .option(...engineHelp)
    .option('--run <folder>', `the run directory (default: runs/${name}-METHOD-TIME)`)
    .option('--resume <folder>', 'continue this run; only --epochs and --steps may change')
    .option(
      '--workers <n>',
      'threads that share each step, each with its own engine (wasm or cpu); same numbers up to the order of sums (default: 1)',
    )
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

/** Makes the help list the settings that have no option. */
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

/** Describes a setting: its purpose, choices, conditions and defaults. */
function helpOf(task: Task<TaskConfig, unknown>, setting: string): string {
  const row = task.rows[setting]!;
  const named =
    row.kind === 'choice' &&
    !row.of.every((choice) => choice === '*/' || row.help.includes(choice.replace('*', '')));
  const when = readWhen(task, setting);
  const defaults = defaultText(task, setting);
  return [
    row.help,
    row.kind === 'choice' && named && `: ${row.of.slice(0, -1).join(', ')} or ${row.of.at(-1)}`,
    when !== '' && `; only with ${when}`,
    defaults !== '' && ` (default: ${defaults})`,
  ]
    .filter(Boolean)
    .join('');
}

function ending(name: string, examples: readonly string[]): string {
  const lines = examples.map((example) => `  aimle train ${name} ${example}`.trimEnd());
  return [
    'Ctrl-C finishes the step, saves the run and says how to resume it. Press it twice to exit at once.',
    '',
    'Examples:',
    ...lines,
  ].join('\n');
}
