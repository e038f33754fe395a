import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { writeExamples } from '@aimle/testkit/extraction';
import { foldersOfPackages } from '../publicPackages.js';

/** Type-checks every example of the documentation, as strictly as the sources; those tagged `no-run` too. */
const root = process.cwd();
const examples = [
  ...foldersOfPackages(root).flatMap((folder) => writeExamples(folder)),
  ...writeExamples(join(root, 'tooling'), ['../README.md']),
];
const tsc = spawnSync('tsc', ['--project', 'tooling/examples/tsconfig.json'], { stdio: 'inherit' });
process.stdout.write(`examples: ${examples.length} type-checked, exit code ${tsc.status}\n`);
process.exitCode = tsc.status ?? 1;
