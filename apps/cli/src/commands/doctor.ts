import type { EngineReport } from '@aimle/engine';
import type { Command } from 'commander';
import { engineChoice } from '../engineChoice.js';
import { versions } from '../invocation.js';
import { table } from '../terminal/table.js';
import type { Call, Ink } from '../terminal/terminal.js';
import { statusLines } from './engine.js';

export function addDoctor(command: Command, { terminal }: Call): void {
  command
    .option('--json', 'print everything as one JSON document on stdout')
    .action(async ({ json }: { json?: true }) => {
      const found = await examined();
      if (json) terminal.json(found);
      else terminal.stdout(described(found, terminal.stdoutInk));
    });
}

type Findings = Awaited<ReturnType<typeof examined>>;

async function examined() {
  const [engine, { kernels, useKernels }, { nativeStatus }, datasets] = await Promise.all([
    import('@aimle/engine'),
    import('@aimle/kernels'),
    import('@aimle/native-engine'),
    import('@aimle/datasets'),
  ]);
  const native = await nativeStatus({ verify: 'checksum' });
  const engines = (await engine.inspectEngines()).filter(({ name }) => name !== 'webgl');
  const folder = datasets.dataFolder();
  const sets = await Promise.all(
    datasets.catalogue.map(async (set) => ({ name: set.name, ...(await set.status(folder)) })),
  );
  return {
    versions: { ...versions(), node: process.versions.node },
    platform: `${process.platform} ${process.arch}`,
    ...engineChoice(engines, process.env['AIMLE_ENGINE']),
    engines,
    kernels: await useKernels(),
    kernelThreads: kernels()?.threads ?? 0,
    native,
    data: { folder, sets },
  };
}

function described(
  { versions, platform, engines, kernels, kernelThreads, native, chosen, problem, data }: Findings,
  ink: Ink,
): string {
  const rows = engines.map((engine) => [
    `${engine.name === chosen ? '>' : ' '} ${engine.name}`,
    engine.usable ? 'yes' : 'no',
    engine.device === undefined ? engine.version : `${engine.version}, ${engine.device}`,
    engine.threads > 0 ? String(engine.threads) : '',
    engine.shims.length > 0 ? String(engine.shims.length) : '',
    testText(engine),
  ]);
  const unusable = engines
    .filter(({ usable }) => !usable)
    .map(
      ({ name, reason, remedy }) =>
        `${ink.yellow(name)}: ${reason}${remedy === undefined ? '' : `\n  to get it: ${ink.bold(remedy)}`}`,
    );
  const sets = data.sets.map((set) => [set.name, set.state]);
  return [
    `aimle ${versions.aimle}, Node ${versions.node}, ${platform}`,
    '',
    ink.bold('Engines') + ink.dim('   > is the one that training uses'),
    table([['  name', 'usable', 'version', 'threads', 'shims', 'self-test'], ...rows], {
      heading: ink.dim,
      right: [3, 4],
    }),
    ...(problem === null ? [] : [ink.red(problem)]),
    ...unusable,
    '',
    kernels
      ? `Kernels in WebAssembly are in use for noise and solvers, with ${threadsText(kernelThreads)} for large work.`
      : ink.yellow(
          'Kernels in WebAssembly are not in use: noise and solvers run in TypeScript, with the same numbers.',
        ),
    '',
    ink.bold('Native engine'),
    ...statusLines(native, ink),
    '',
    ink.bold('Data') + ink.dim(`   ${data.folder}`),
    table(sets),
  ].join('\n');
}

function threadsText(threads: number): string {
  return threads === 1 ? 'one thread' : `${threads} threads`;
}

function testText({ selfTest }: EngineReport): string {
  const failed = selfTest.filter(({ passed }) => !passed).map(({ name }) => name);
  if (selfTest.length === 0) return '';
  return failed.length === 0 ? `${selfTest.length} passed` : `failed: ${failed.join(', ')}`;
}
