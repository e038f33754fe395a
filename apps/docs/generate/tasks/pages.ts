import { discreteVae } from '@aimle/discrete-vae/task';
import { learningToExplain } from '@aimle/learning-to-explain/task';
import { neuralRelationalInference } from '@aimle/neural-relational-inference/task';
import { shortestPaths } from '@aimle/shortest-paths/task';
import { type SettingsTable, settingsMarkdown } from '@aimle/training/settings';
import { siteText } from '../text.js';

/** The tasks of `aimle train`, each with the pages that say more of it. */
const tasks: readonly {
  readonly table: SettingsTable<object>;
  readonly results: string;
  readonly playground: string;
}[] = [
  { table: discreteVae, results: 'dvae', playground: 'digits' },
  { table: learningToExplain, results: 'l2x', playground: 'explain' },
  { table: neuralRelationalInference, results: 'nri', playground: 'trees' },
  { table: shortestPaths, results: 'paths', playground: 'shortest-path' },
];

/** A page of settings for every task, from its settings table, and the overview. */
export async function taskPages(): Promise<Map<string, string>> {
  return new Map([
    ['index.md', overview()],
    ...tasks.map((task, at) => [`${task.table.name}.md`, taskPage(task, at + 1)] as [string, string]),
  ]);
}

function overview(): string {
  const rows = tasks.map(
    ({ table }) => `| [${table.title}](/tasks/${table.name}) | \`aimle train ${table.name}\` |`,
  );
  const parts = [
    '# Tasks',
    'Whole models that `aimle train` trains, and every setting that they take.',
    ['| Task | Command |', '| --- | --- |', ...rows].join('\n'),
    'Your own task: [add a task](/how-to/task).',
  ];
  return `${parts.join('\n\n')}\n`;
}

function taskPage({ table, results, playground }: (typeof tasks)[number], order: number): string {
  const { name, title, examples = [] } = table;
  const commands = ['--preset paper', ...examples].filter((options) => options !== '');
  const parts = [
    `---\norder: ${order}\n---`,
    `# ${title}`,
    // Numbers of our records of decisions tell a reader of the site nothing.
    siteText(settingsMarkdown(table)).replaceAll(/ \(D\d+(?:, D\d+)*\)/g, ''),
    '## On the command line',
    `\`aimle train ${name} --help\` lists the options. \`--set NAME=VALUE\` sets any setting of this page.`,
    [
      '```sh',
      `aimle train ${name}`,
      ...commands.map((options) => `aimle train ${name} ${options}`),
      '```',
    ].join('\n'),
    `Its results: [measured](/results/${results}). Watch it learn: [playground](/playgrounds/${playground}). All tasks: [overview](/tasks/).`,
  ];
  return `${parts.join('\n\n')}\n`;
}
