import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { command } from './command.js';
import type { Tarball } from './pack.js';

/** An empty project of a user, with the tarballs and perhaps tools installed by npm, and one source, `train.ts`. */
export function installProject(
  folder: string,
  tarballs: readonly Tarball[],
  root: string,
  source: string,
  tools: Readonly<Record<string, string>> = {},
): void {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { dependencies } = JSON.parse(readFileSync(join(root, 'apps/cli/package.json'), 'utf8'));
  const manifest = {
    name: 'someone-elses-project',
    private: true,
    type: 'module',
    ...onTarballs(tarballs, { '@tensorflow/tfjs': dependencies['@tensorflow/tfjs'] }),
    devDependencies: { typescript: devDependencies.typescript, ...tools },
  };
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    module: 'NodeNext',
    strict: true,
    // TensorFlow.js's own declarations do not pass; declarationErrors checks ours.
    skipLibCheck: true,
    types: [],
    outDir: 'out',
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['train.ts'] }, null, 2),
  );
  writeFileSync(join(folder, 'train.ts'), source);
  install(folder);
}

/** Installs a project that `create-aimle` made, with the tarballs in place of what is not published yet. */
export function installCreated(folder: string, tarballs: readonly Tarball[]): void {
  const path = join(folder, 'package.json');
  const { dependencies, ...manifest } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...manifest, ...onTarballs(tarballs, dependencies) }, null, 2));
  install(folder);
}

/** A tarball's own dependencies on its siblings are these tarballs too, and never a registry's. */
function onTarballs(tarballs: readonly Tarball[], others: Readonly<Record<string, string>>): object {
  const ours = Object.fromEntries(tarballs.map(({ name, path }) => [name, `file:${path}`]));
  return {
    dependencies: { ...others, ...ours },
    overrides: Object.fromEntries(tarballs.map(({ name }) => [name, `$${name}`])),
  };
}

function install(folder: string): void {
  command(['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error'], { folder });
}

/** The errors of a strict compiler in the declarations of our packages, and in no one else's. */
export function declarationErrors(folder: string, tarballs: readonly Tarball[]): string[] {
  const source = tarballs.map(({ name }, index) => `export * as package${index} from '${name}';\n`).join('');
  writeFileSync(join(folder, 'every.ts'), source);
  const settings = { extends: './tsconfig.json', compilerOptions: { skipLibCheck: false, noEmit: true } };
  writeFileSync(join(folder, 'tsconfig.every.json'), JSON.stringify({ ...settings, files: ['every.ts'] }));
  const tsc = ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.every.json', '--pretty', 'false'];
  const { stdout } = spawnSync(process.execPath, tsc, { cwd: folder, encoding: 'utf8' });
  return stdout.split('\n').filter((line) => /^(node_modules\/@?aimle\/|every\.ts|error)/.test(line));
}

/** The megabytes of all files that were installed: our packages, TensorFlow.js, and the others. */
export function installedMegabytes(folder: string): { ours: number; tensorflow: number; others: number } {
  const sums = { ours: 0, tensorflow: 0, others: 0 };
  const modules = join(folder, 'node_modules');
  for (const entry of readdirSync(modules, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const scope = relative(modules, path).split(sep)[0]!;
    const owner = /^(@?|create-)aimle$/.test(scope)
      ? 'ours'
      : scope === '@tensorflow'
        ? 'tensorflow'
        : 'others';
    sums[owner] += statSync(path).size / 1e6;
  }
  return sums;
}

/** The words that run a script on a major version of Node: this process's own, or npm's package of it. */
export function node(major: number): string[] {
  return process.versions.node.startsWith(`${major}.`)
    ? [process.execPath]
    : ['npx', '-y', '--loglevel=error', `node@${major}`];
}
