/**
 * Writes the pages of the documentation site that are made from what the repository holds already: a page for every
 * estimator from its docstring, the pages of docs/structures and docs/results, and the choice of an estimator.
 *
 * usage: node --conditions=@aimle/source --import tsx tooling/site/run.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { docstringOf } from '../structures/docstring.js';
import { estimatorPage, type Sources } from './estimatorPage.js';
import { groups } from './estimators.js';
import { copyFolder, emptied, pageFrom } from './folder.js';
import { measuredRows } from './measured.js';
import { overview, resultsOverview } from './overviews.js';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const pages = 'apps/docs/pages';

const sources: Sources = {
  docstring: (file, name) => docstringOf(readFileSync(`packages/estimators/src/${file}.ts`, 'utf8'), name),
  ...measuredRows(readFileSync('docs/results/estimators.md', 'utf8')),
};
const folder = emptied(join(pages, 'estimators'));
for (const [at, page] of groups.flatMap((group) => group.pages).entries()) {
  writeFileSync(join(folder, `${page.page}.md`), estimatorPage(page, sources, at + 1));
}
writeFileSync(join(folder, 'index.md'), overview(groups, sources));

copyFolder('docs/structures', join(pages, 'structures'));
const results = copyFolder('docs/results', join(pages, 'results'));
writeFileSync(join(pages, 'results/index.md'), resultsOverview('docs/results', results));
writeFileSync(join(pages, 'choose.md'), pageFrom('docs/choosing-an-estimator.md', 20));
process.stdout.write('site: pages of estimators, structures and results\n');
