import type { Dataset } from '@aimle/datasets';
import { RequestError } from '@aimle/training/errors';
import type { Command } from 'commander';
import { exitCode } from '../failure.js';
import { stoppable } from '../interruption.js';
import { suggestion } from '../options/values.js';
import { table } from '../terminal/table.js';
import type { Call } from '../terminal/terminal.js';
import { size } from '../terminal/wording.js';

interface Options {
  readonly json?: true;
}

export function addData(data: Command, call: Call): void {
  data
    .command('list')
    .description('list every data set, and whether it is in the data folder')
    .option('--json', 'print the list as one JSON document on stdout')
    .action((options: Options) => list(call, options));
  data
    .command('get')
    .description('download or generate missing and damaged files of a data set, checked by SHA-256')
    .argument('<name>', 'such as mnist')
    .option('--json', 'print the state afterwards as one JSON document on stdout')
    .action((name: string, options: Options) => get(call, name, options));
  data
    .command('verify')
    .description(
      'check every file of a data set against its SHA-256; exit code 1 when one is missing or wrong',
    )
    .argument('<name>', 'such as mnist')
    .option('--json', 'print the outcome file by file as one JSON document on stdout')
    .action((name: string, options: Options) => verify(call, name, options));
}

async function list({ terminal }: Call, { json }: Options): Promise<void> {
  const { dataFolder } = await import('@aimle/datasets');
  const folder = dataFolder();
  const sets = await Promise.all(
    (await dataSets()).map(async (set) => {
      const { state, files } = await set.status(folder);
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      return { name: set.name, state, title: set.title, source: set.source, bytes, files };
    }),
  );
  if (json) return terminal.json({ folder, sets });
  const rows = sets.map(({ name, state, title, bytes }) => [
    name,
    state,
    bytes > 0 ? size(bytes) : '',
    title,
  ]);
  const head = ['name', 'state', 'size', 'what it is'];
  terminal.stdout(table([head, ...rows], { heading: terminal.stdoutInk.dim, right: [2] }));
  terminal.stderr(`data folder: ${folder} (set AIMLE_DATA to use another)`);
}

async function get(call: Call, name: string, { json }: Options): Promise<void> {
  const { set, folder } = await named(name);
  const { terminal } = call;
  await stoppable(call, 'No partial file', async (signal) => {
    const status = await set.get(folder, {
      signal,
      onProgress: ({ message }) => terminal.stderr(message),
    });
    if (json) terminal.json({ name, folder, ...status });
    else terminal.stdout(`${name}: ${status.state}, in ${folder}`);
  });
}

async function verify({ terminal, endWith }: Call, name: string, { json }: Options): Promise<void> {
  const { set, folder } = await named(name);
  const check = await set.verify(folder);
  if (!check.ok) endWith(exitCode.failed);
  if (json) return terminal.json({ name, folder, ...check });
  for (const file of check.files) terminal.stdout(`${file.name}: ${file.problem ?? 'ok'}`);
  terminal.stdout(check.ok ? `${name} is ok` : `${name} is not ok; to repair it: aimle data get ${name}`);
}

async function named(name: string): Promise<{ set: Dataset; folder: string }> {
  const { dataFolder } = await import('@aimle/datasets');
  const known = await dataSets();
  const set = known.find((candidate) => candidate.name === name);
  if (set !== undefined) return { set, folder: dataFolder() };
  const names = known.map((candidate) => candidate.name);
  throw new RequestError(
    `there is no data set ${name}${suggestion(name, names)}; there are ${names.join(', ')}`,
  );
}

/** Lists every data set of the command line: those to download, and those that a task generates. */
async function dataSets(): Promise<readonly Dataset[]> {
  const { catalogue } = await import('@aimle/datasets');
  const { graphLayout } = await import('@aimle/neural-relational-inference');
  return [...catalogue, graphLayout];
}
