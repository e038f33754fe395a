/**
 * Writes the reference: a page for every entry of every package, from the docstrings of what it exports.
 *
 * usage: node --conditions=@aimle/source --import tsx apps/docs/reference/run.ts
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, LogLevel, type TypeDocOptions } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import { entriesOf } from './entries.js';
import { indexPage, referencePage } from './page.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = fileURLToPath(new URL('../pages/api/', import.meta.url));
const entries = entriesOf(join(root, 'packages'));
const raw = mkdtempSync(join(tmpdir(), 'aimle-reference-'));

const options: Partial<TypeDocOptions & PluginOptions> = {
  entryPoints: entries.map(({ source }) => source),
  tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
  plugin: ['typedoc-plugin-markdown'],
  basePath: join(root, 'packages'),
  outputs: [{ name: 'markdown', path: raw }],
  router: 'module',
  readme: 'none',
  entryFileName: 'index',
  skipErrorChecking: true,
  disableSources: true,
  excludeExternals: true,
  sanitizeComments: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandParameters: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  groupOrder: ['Functions', 'Classes', 'Variables', 'Interfaces', 'Type Aliases'],
  logLevel: LogLevel.Error,
};

const app = await Application.bootstrapWithPlugins(options);
const project = await app.convert();
if (!project) throw new Error('reference: the packages could not be read');
await app.generateOutputs(project);
if (app.logger.hasErrors()) throw new Error('reference: see the errors above');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const entry of entries) {
  writeFileSync(
    join(folder, `${entry.page}.md`),
    referencePage(entry, readFileSync(join(raw, entry.raw), 'utf8'), entries),
  );
}
writeFileSync(join(folder, 'index.md'), indexPage(entries));
writeFileSync(
  join(folder, 'typedoc-sidebar.json'),
  JSON.stringify(entries.map(({ page, name }) => ({ text: name, link: `/api/${page}` }))),
);
rmSync(raw, { recursive: true });
process.stdout.write(`reference: ${entries.length} pages\n`);
