import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicPackages } from '../publicPackages.js';
import { command } from './command.js';
import { dryRunPublish, packPublic, type Tarball } from './pack.js';
import { declarationErrors, installCreated, installedMegabytes, installProject, node } from './project.js';
import { readmeExample } from './readmeExample.js';

/** Packs every public package, installs the tarballs as a user would, and uses them on every Node that we support. */
const root = process.cwd();
const temporary = mkdtempSync(join(tmpdir(), 'aimle-packed-'));
const project = join(temporary, 'project');
// This machine's caches are neither read nor written: no data set, no native engine.
const environment = { AIMLE_DATA: join(temporary, 'data'), XDG_CACHE_HOME: join(temporary, 'cache') };
const cli = join(project, 'node_modules/@aimle/cli/bin/aimle.js');
const names = publicPackages(root)
  .map(({ name }) => name)
  .sort()
  .join();
const oursAtMost = 8;
let passed = 0;
let failed = 0;

function attempt(title: string, work: () => void): void {
  const start = performance.now();
  try {
    work();
    passed += 1;
    process.stdout.write(`PASS ${title} (${((performance.now() - start) / 1000).toFixed(1)} s)\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(`FAIL ${title}\n${(error as Error).message}\n`);
  }
}

function check(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

let tarballs: Tarball[] = [];
attempt('every public package packs', () => {
  const folder = join(temporary, 'tarballs');
  mkdirSync(folder);
  tarballs = packPublic(root, folder);
  const packed = tarballs
    .map(({ name }) => name)
    .sort()
    .join();
  check(packed === names, `packed only ${packed}`);
});

attempt('publishing every public package passes, as far as a dry run goes', () => {
  const published = dryRunPublish(root).sort().join();
  check(published === names, `published only ${published}`);
});

const example = readmeExample(readFileSync(join(root, 'README.md'), 'utf8'));
attempt('the tarballs install into an empty project with npm', () => {
  installProject(project, tarballs, root, example.code);
  for (const { name } of tarballs) {
    const nested = command(['npm', 'ls', name, '--all', '--parseable'], { folder: project })
      .trim()
      .split('\n');
    check(nested.length === 1, `${name} is installed ${nested.length} times: ${nested.join(', ')}`);
  }
});

attempt(`all our packages take at most ${oursAtMost} MB of it`, () => {
  const { ours, tensorflow, others } = installedMegabytes(project);
  process.stdout.write(
    `installed: ours ${ours.toFixed(1)} MB, TensorFlow.js ${tensorflow.toFixed(0)} MB, others ${others.toFixed(0)} MB\n`,
  );
  check(ours <= oursAtMost, `they take ${ours.toFixed(1)} MB`);
});

attempt('the first example of the README type-checks, strictly', () => {
  command([process.execPath, 'node_modules/typescript/bin/tsc'], { folder: project });
});

attempt('the declarations of every package type-check, without skipLibCheck', () => {
  const lines = declarationErrors(project, tarballs);
  check(lines.length === 0, lines.join('\n'));
});

attempt('a project made by create-aimle trains in Node, and builds for browsers', () => {
  const created = join(temporary, 'created');
  const bin = join(project, 'node_modules/create-aimle/bin/create-aimle.js');
  command([process.execPath, bin, created], { folder: project });
  installCreated(created, tarballs);
  const output = command(['npm', 'start', '--silent'], { folder: created, environment });
  check(output.includes('[0, 0, 1, 1, 0, 0, 0, 0]'), `it printed ${output}`);
  command(['npm', 'run', 'build'], { folder: created });
  check(existsSync(join(created, 'dist/index.html')), 'vite wrote no page');
});

for (const major of [20, 22, 24]) {
  attempt(`Node ${major}: the first example of the README prints ${example.prints}`, () => {
    const output = command([...node(major), 'out/train.js'], { folder: project, environment });
    check(output.includes(example.prints), `it printed ${output}`);
  });

  attempt(`Node ${major}: CommonJS requires the packages`, () => {
    const program = "console.log(require('aimle').topK({ size: 4, k: 2 }).size)";
    const words = [...node(major), '--input-type=commonjs', '--eval', program];
    const output = command(words, { folder: project, environment });
    check(output.trim() === '4', `it printed ${output}`);
  });

  attempt(`Node ${major}: a solver spreads over threads`, () => {
    const program = [
      "import { inThreads } from '@aimle/solvers/threads';",
      "import { spanningTree } from '@aimle/solvers';",
      'const trees = await inThreads(spanningTree({ vertices: 3 }), { threads: 2 });',
      'const z = new Float32Array(6);',
      'trees.solve(Float32Array.of(5, 1, 4, 1, 2, 3), z, 2);',
      'trees.dispose();',
      "console.log(z.join(' '));",
    ].join('\n');
    const output = command([...node(major), '--input-type=module', '--eval', program], { folder: project });
    check(output.trim() === '1 0 1 0 1 1', `expected the two trees, got ${output}`);
  });

  attempt(`Node ${major}: aimle doctor --json names a usable engine`, () => {
    const output = command([...node(major), cli, 'doctor', '--json'], { folder: project, environment });
    const { engines } = JSON.parse(output) as { engines: { name: string; usable: boolean }[] };
    check(
      engines.some(({ usable }) => usable),
      `no engine is usable: ${output}`,
    );
  });

  attempt(`Node ${major}: aimle train dvae runs three steps`, () => {
    const run = join(temporary, `run-${major}`);
    const train = [
      'train',
      'dvae',
      ...'--preset quick --data digits --steps 3'.split(' '),
      '--run',
      run,
      '--json',
    ];
    const output = command([...node(major), cli, ...train], { folder: project, environment });
    const { steps, metrics } = JSON.parse(output) as { steps: number; metrics: { train: { loss?: number } } };
    check(steps === 3, `expected 3 steps, got ${steps}`);
    check(Object.values(metrics.train).every(Number.isFinite), `train metrics must be finite: ${output}`);
    for (const file of ['config.json', 'metrics.jsonl', 'checkpoints/last.safetensors', 'report.html']) {
      check(existsSync(join(run, file)), `the run directory has no ${file}`);
    }
  });
}

for (const [runtime, words] of [
  ['Bun', ['bun@1.4.5']],
  ['Deno', ['deno@2.9.6', 'run', '--allow-all', '--node-modules-dir=manual']],
] as const) {
  attempt(`${runtime}: the first example of the README prints ${example.prints}`, () => {
    const output = command(['npx', '-y', '--loglevel=error', ...words, 'out/train.js'], {
      folder: project,
      environment,
    });
    check(output.includes(example.prints), `it printed ${output}`);
  });
}

attempt('Jest 29: a test imports the packages', () => {
  const test =
    "test('it', async () => expect((await import('aimle')).topK({ size: 4, k: 2 }).size).toBe(4), 60_000);";
  writeFileSync(join(project, 'layer.test.js'), test);
  command(['npx', '-y', '--loglevel=error', 'jest@29.7.0', 'layer.test.js'], {
    folder: project,
    environment: { ...environment, NODE_OPTIONS: '--experimental-vm-modules' },
  });
});

rmSync(temporary, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
