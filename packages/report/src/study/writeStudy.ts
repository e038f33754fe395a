import { join } from 'node:path';
import { html } from '../html.js';
import { replaceFile } from '../htmlPage.js';
import { colours } from '../style.js';
import type { Study, StudyPanel } from './study.js';
import { studyPage } from './studyPage.js';
import { studyPlot } from './studyPlot.js';

/**
 * Writes one HTML page about a study: a plot and a table for each of its panels, known figures next to the measured ones,
 * the truth that they are compared with, and the command to run it again. The page has no external references.
 *
 * Use it for results of `@aimle/gradient-study`, or for your own measurements in the same form.
 *
 * @param out Path of the page; its folder is created. An old page is replaced all or nothing.
 * @param command The command that makes the page again.
 * @example
 * ```ts
 * import { mkdtemp, readFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { writeStudy } from '@aimle/report';
 *
 * const at = (x: number, mean: number) => ({ x, mean, error: 0.01, known: null, difference: null });
 * const study = {
 *   title: 'Two points', truth: 'nothing', corrections: [], known: 'nothing', settings: {},
 *   panels: [{
 *     title: 'Similarity', caption: 'Made up.', xLabel: 'S', yLabel: 'cosine', xScale: 'log', yRange: [0, 1],
 *     curves: [{ label: 'IMLE', difference: null, points: [at(1, 0.3), at(10, 0.7)] }], levels: [],
 *   }],
 * } as const;
 * const path = join(await mkdtemp(join(tmpdir(), 'study-')), 'page.html');
 * await writeStudy(study, path, 'aimle reproduce figure1');
 * (await readFile(path, 'utf8')).includes('0.300 ± 0.010'); // => true
 * ```
 */
export async function writeStudy(study: Study, out: string, command: string): Promise<void> {
  await replaceFile(out, studyPage(study, command).text);
}

/**
 * Writes every plot of a study as its own SVG file, `NAME-1.svg` and so on, for documents.
 *
 * @param folder Created if it is missing.
 * @returns The paths, in the order of the panels.
 * @example
 * ```ts
 * import { mkdtemp } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { writeStudyPlots } from '@aimle/report';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'plots-'));
 * (await writeStudyPlots({ panels: [] }, folder, 'figure1')).length; // => 0
 * ```
 */
export async function writeStudyPlots(
  { panels }: Pick<Study, 'panels'>,
  folder: string,
  name: string,
): Promise<string[]> {
  const paths = panels.map((_, at) => join(folder, `${name}-${at + 1}.svg`));
  for (const [at, panel] of panels.entries()) await replaceFile(paths[at]!, studySvg(panel, 820, 400));
  return paths;
}

/**
 * Draws a panel as a standalone SVG for documents, with its own style for light and dark screens.
 *
 * @param width In pixels; the legend below the plot adds to the height.
 * @example
 * ```ts
 * import { studySvg } from '@aimle/report';
 *
 * const at = (x: number, mean: number) => ({ x, mean, error: 0.01, known: null, difference: null });
 * const svg = studySvg({
 *   title: 'Similarity', caption: '', xLabel: 'S', yLabel: 'cosine', xScale: 'log', yRange: [0, 1],
 *   curves: [{ label: 'IMLE', difference: null, points: [at(1, 0.3), at(10, 0.7)] }], levels: [],
 * }, 720, 380);
 * svg.startsWith('<svg xmlns'); // => true
 * ```
 */
export function studySvg(panel: StudyPanel, width: number, height: number): string {
  const { text } = studyPlot(panel, width, height);
  const end = text.indexOf('>') + 1;
  const paper = html`<style>${colours}</style><rect width="100%" height="100%" fill="var(--paper)"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg"${text.slice('<svg'.length, end)}${paper}${text.slice(end)}\n`;
}
