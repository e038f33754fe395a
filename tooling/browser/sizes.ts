import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { command } from '../packed/command.js';

/** What a user may import alone, to see what comes with it. */
const imports: Readonly<Record<string, string>> = {
  'topK of @aimle/solvers': "export { topK } from '@aimle/solvers';",
  'every solver': "export * from '@aimle/solvers';",
  'topK of @aimle/distributions': "export { topK } from '@aimle/distributions';",
  'aimle of @aimle/estimators, with its solver':
    "export { aimle } from '@aimle/estimators'; export { topK } from '@aimle/solvers';",
  'every estimator': "export * from '@aimle/estimators';",
};

/** Kilobytes of each import, minified and compressed, without TensorFlow.js, which its user has already. */
export function bundleSizes(project: string): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(imports).map(([title, source]) => {
      writeFileSync(join(project, 'size.js'), source);
      const out = join(project, 'size.min.js');
      const words = [
        'size.js',
        '--bundle',
        '--minify',
        '--format=esm',
        '--platform=browser',
        '--tree-shaking=true',
      ];
      const outside = ['--external:@tensorflow/*', `--outfile=${out}`, '--log-level=error'];
      command([join(project, 'node_modules/.bin/esbuild'), ...words, ...outside], { folder: project });
      return [title, gzipSync(readFileSync(out)).length / 1000];
    }),
  );
}
