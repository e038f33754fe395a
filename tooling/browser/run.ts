import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from '../packed/command.js';
import { packPublic } from '../packed/pack.js';
import { installProject } from '../packed/project.js';
import { outcomesInChromium } from './outcomes.js';
import type { Outcome } from './pages/attempts.js';
import { outcomesOfReports } from './reports.js';

/** A stranger's project: the tarballs and two bundlers, installed by npm; what both make of a page, in Chromium. */
const root = process.cwd();
const temporary = mkdtempSync(join(tmpdir(), 'aimle-browser-'));
const project = join(temporary, 'project');
const wasm = join(project, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
const { devDependencies } = JSON.parse(readFileSync(join(root, 'tooling/package.json'), 'utf8'));

function installBundlers(): void {
  const tarballs = join(temporary, 'tarballs');
  mkdirSync(tarballs);
  const { vite, esbuild } = devDependencies;
  installProject(project, packPublic(root, tarballs), root, '', { vite, esbuild });
  cpSync(fileURLToPath(new URL('./pages', import.meta.url)), project, { recursive: true });
}

const bundlers: Readonly<Record<string, readonly string[]>> = {
  vite: ['vite', 'build', '--outDir', 'by-vite', '--logLevel', 'error'],
  esbuild: ['esbuild', 'esbuild.ts', '--bundle', '--minify', '--format=esm', '--outfile=by-esbuild/page.js'],
};

async function bundled(bundler: string): Promise<Outcome[]> {
  const [program, ...words] = bundlers[bundler] as readonly [string, ...string[]];
  const folder = join(project, `by-${bundler}`);
  command([join(project, 'node_modules/.bin', program), ...words], { folder: project });
  const page = '<!doctype html><title>A layer</title><script type="module" src="./page.js"></script>';
  if (bundler === 'esbuild') writeFileSync(join(folder, 'index.html'), page);
  return outcomesInChromium(folder, wasm);
}

let passed = 0;
let failed = 0;
function tell(outcome: Outcome): void {
  const failure = 'error' in outcome;
  if (failure) failed += 1;
  else passed += 1;
  const line = failure
    ? `FAIL ${outcome.title}: ${outcome.error}`
    : `PASS ${outcome.title}: ${outcome.found}`;
  process.stdout.write(`${line}\n`);
}

try {
  installBundlers();
  for (const bundler of Object.keys(bundlers)) {
    const failure = (error: Error) => [{ title: bundler, error: error.message }];
    for (const outcome of await bundled(bundler).catch(failure)) tell(outcome);
  }
  for (const outcome of await outcomesOfReports(temporary)) tell(outcome);
} catch (error) {
  tell({ title: 'a project with two bundlers', error: (error as Error).message });
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
