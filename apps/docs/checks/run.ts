/**
 * Builds the documentation site and goes through it in Chromium as readers do, under a sub-path, with and without
 * isolation from other origins. Prints one line a check.
 *
 * usage, in apps/docs, where types on hover look for packages:
 *        pnpm docs:check [--built FOLDER] [--only WORDS]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vitepress';
import { tooFaintInDark, violations } from './accessibility.js';
import { measureFirstPage } from './budget.js';
import { runExamples } from './examples.js';
import { brokenLinks, pagesOf } from './links.js';
import { readWithoutHost } from './offline.js';
import { useRunner } from './runner.js';
import { serve } from './server.js';
import { narrow, openBrowser, visit, wide } from './visitor.js';

const { values } = parseArgs({ options: { built: { type: 'string' }, only: { type: 'string' } } });
const base = '/below/aimle/';
const root = fileURLToPath(new URL('..', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'aimle-docs-'));
const folder = values.built ?? join(temporary, 'site');
let failed = 0;

/** What checks/playgrounds/NAME.ts exports: it uses the playground as a person would, and throws when it does wrong. */
interface Drives {
  drive(page: Page): Promise<unknown>;
}

/** Runs a check that answers with its problems, prints its verdict, and counts. */
async function check(
  title: string,
  work: () => Promise<readonly string[]> | readonly string[],
): Promise<void> {
  if (values.only && !title.includes(values.only)) return;
  const began = performance.now();
  let problems: readonly string[];
  try {
    problems = await work();
  } catch (error) {
    problems = [(error as Error).message];
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${problems.length === 0 ? 'PASS' : 'FAIL'} ${title} (${seconds} s)\n`);
  for (const problem of grouped(problems)) process.stdout.write(`  ${problem}\n`);
  if (problems.length > 0) failed += 1;
}

/** The same problem of many pages is one line, with the first page that has it. */
function grouped(problems: readonly string[]): string[] {
  const pages = new Map<string, string[]>();
  for (const problem of problems) {
    const kind = problem.replace(/^\/\S+: /, '').replace(/ \(\d+: .*$/, '');
    pages.set(kind, [...(pages.get(kind) ?? []), problem]);
  }
  return [...pages.values()].map(([first, ...rest]) =>
    rest.length > 0 ? `${first}, and ${rest.length} more` : (first as string),
  );
}

/** Opens each page in its turn, in two tabs at once, and says what was wrong with each. */
async function eachPage(
  browser: Browser,
  pages: readonly string[],
  look: (page: Page, path: string) => Promise<readonly string[]>,
): Promise<string[]> {
  const queue = [...pages];
  const tabs = Array.from({ length: 2 }, async () => {
    const { page, complaints } = await visit(browser);
    const found: string[] = [];
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      found.push(...(await look(page, path)).map((each) => `/${path}: ${each}`));
    }
    await page.close();
    return [...found, ...complaints];
  });
  return (await Promise.all(tabs)).flat();
}

async function withSite(isolated: boolean, work: (address: string) => Promise<string[]>): Promise<string[]> {
  const site = await serve(folder, base, isolated);
  try {
    return await work(site.address);
  } finally {
    site.close();
  }
}

/** Opens a page and waits until what is alive in it lives. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}));
}

/** Whether a phone has to scroll the page sideways. */
async function overflow(page: Page): Promise<string[]> {
  await page.setViewportSize(narrow);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize(wide);
  return width > narrow.width ? [`is ${width} pixels wide on a phone of ${narrow.width}`] : [];
}

let browser: Browser | undefined;
try {
  if (!values.built) {
    await check('the site builds', async () => {
      await build(root, { base, outDir: folder });
      return [];
    });
  }
  browser = await openBrowser();
  const chromium = browser;
  const pages = pagesOf(folder);
  const exampled = pages.filter((path) => path.startsWith('examples/') && path !== 'examples/index.html');

  await check(`links and headings of ${pages.length} pages are there`, () => brokenLinks(folder, base));
  await check('the first page is small and answers soon', () =>
    withSite(false, async (address) => {
      const { found, problems } = await measureFirstPage(chromium, address);
      process.stdout.write(`  ${found}\n`);
      return problems;
    }),
  );
  await check('every page opens without an error, and can be read by everybody', () =>
    withSite(false, (address) =>
      eachPage(chromium, pages, async (page, path) => {
        await open(page, `${address}${path}`);
        // The pages of the reference are one kind, and long; one stands for all. So it is with generated pages in dark.
        const light = path.startsWith('api/') && path !== 'api/index.html' ? [] : await violations(page);
        const isOneOfMany = /^(api|estimators|structures)\/(?!index|aimle|top-k)/.test(path);
        const dark = isOneOfMany ? [] : await tooFaintInDark(page);
        return [...light, ...dark, ...(await overflow(page))];
      }),
    ),
  );
  for (const [engine, isolated] of [
    ['webgl', false],
    ['wasm', true],
  ] as const) {
    const where = isolated ? 'isolated from other origins' : 'not isolated';
    await check(`every example gives its values on ${engine}, ${where}`, () =>
      withSite(isolated, (address) =>
        eachPage(chromium, exampled, async (page, path) => {
          await open(page, `${address}${path}`);
          return runExamples(page, engine);
        }),
      ),
    );
  }
  await check('an example is edited, stopped, broken, shared and reset', () =>
    withSite(false, async (address) => {
      const { page, complaints } = await visit(chromium);
      await useRunner(page, address);
      await page.close();
      return complaints;
    }),
  );
  await check('what was read once can be read without a network', async () => {
    const site = await serve(folder, base, false);
    try {
      await readWithoutHost(chromium, site);
      return [];
    } finally {
      site.close();
    }
  });
  for (const path of pages.filter((each) => /^playgrounds\/(?!index)/.test(each))) {
    const name = path.slice('playgrounds/'.length, -'.html'.length);
    await check(`the playground ${name} does as it says`, () =>
      withSite(false, async (address) => {
        const { drive } = (await import(`./playgrounds/${name}.js`)) as Drives;
        const { page, complaints } = await visit(chromium);
        await open(page, `${address}${path}`);
        await drive(page);
        await page.close();
        return complaints;
      }),
    );
  }
} finally {
  await browser?.close();
  rmSync(temporary, { recursive: true, force: true });
}
process.stdout.write(failed === 0 ? 'docs: every check passed\n' : `docs: ${failed} checks failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
