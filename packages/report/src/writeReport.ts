import { RequestError } from '@aimle/training/errors';
import { replaceFile } from './htmlPage.js';
import { page } from './page.js';
import { readReportedRun } from './reportedRun.js';

/**
 * Writes one HTML page about one run, or about several side by side: what was run, its numbers, the loss and lambda
 * over time, pictures, settings, and the command to run it again. The page is one file without external references,
 * for phones, print, light and dark screens.
 *
 * Use it during or after training, or later to compare runs: it reads only the run directories, so it shows a run in
 * progress or a killed one up to its last line. **Cost**: a few milliseconds per thousand steps.
 *
 * @param runDirs Run directories; up to six have different colours.
 * @param out Path of the page; its folder is created. An old page is replaced all or nothing.
 * @throws `RequestError` when `runDirs` is empty or one of them holds no run; an error that names the file when
 * `metrics.jsonl` or `figures.json` is damaged.
 * @example
 * ```ts
 * import { mkdtemp, readFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { writeReport } from '@aimle/report';
 * import { createRun } from '@aimle/training';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'run-'));
 * await createRun(folder, {
 *   task: 'line', title: 'A line', preset: null, config: { seed: 1 }, command: null, step: 0,
 *   engine: { name: 'cpu', version: '4.22.0', threads: 1 }, time: '2020-01-01T00:00:00.000Z', versions: {},
 * });
 * await writeReport([folder], join(folder, 'report.html'));
 * const page = await readFile(join(folder, 'report.html'), 'utf8');
 * page.includes('No step was logged yet.'); // => true
 * ```
 */
export async function writeReport(runDirs: readonly string[], out: string): Promise<void> {
  if (runDirs.length === 0) throw new RequestError('report: name at least one run directory, got none');
  const runs = await Promise.all(runDirs.map(readReportedRun));
  await replaceFile(out, page(runs).text);
}
