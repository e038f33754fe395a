import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, LogLevel, type TypeDocOptions } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import { type Entry, entriesOf } from './entries.js';
import { indexPage, referencePage } from './page.js';

const options: Partial<TypeDocOptions & PluginOptions> = {
  tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
  plugin: ['typedoc-plugin-markdown'],
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

/** A page for every entry of every package, from the docstrings of what it exports, and the overview. */
export async function referencePages(root: string): Promise<Map<string, string>> {
  const entries = entriesOf(join(root, 'packages'));
  const frontDoor = entries.filter(({ name }) => name === 'aimle');
  const ofPackages = entries.filter((entry) => !frontDoor.includes(entry));
  const raw = mkdtempSync(join(tmpdir(), 'aimle-reference-'));
  try {
    const app = await Application.bootstrapWithPlugins({
      ...options,
      // What two entries export is declared where it is met first, and the front door has nothing of its own.
      entryPoints: [...ofPackages, ...frontDoor].map(({ source }) => source),
      basePath: join(root, 'packages'),
      outputs: [{ name: 'markdown', path: raw }],
    } as Partial<TypeDocOptions>);
    const project = await app.convert();
    if (!project) throw new Error('reference: the packages could not be read');
    // A module is named after its page, so that links lead from page to page.
    for (const module of project.children ?? []) {
      module.name = entries.find((entry) => entry.module === module.name)?.page ?? module.name;
    }
    await app.generateOutputs(project);
    if (app.logger.hasErrors()) throw new Error('reference: see the errors above');
    const sidebar = entries.map(({ page, name }) => ({ text: name, link: `/api/${page}` }));
    const page = (entry: Entry): string =>
      referencePage(entry, readFileSync(join(raw, `${entry.page}.md`), 'utf8'));
    return new Map([
      ['index.md', indexPage(entries)],
      ['typedoc-sidebar.json', JSON.stringify(sidebar)],
      ...entries.map((entry) => [`${entry.page}.md`, page(entry)] as [string, string]),
    ]);
  } finally {
    rmSync(raw, { recursive: true });
  }
}
