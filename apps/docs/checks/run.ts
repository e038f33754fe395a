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
import { Checking } from './checking.js';
import { runExamples } from './examples.js';
import { brokenLinks, pagesOf, pagesWithExamples } from './links.js';
import { walk } from './moving.js';
import { readWithoutHost } from './offline.js';
import { runUnderPolicy } from './policed.js';
import { useRunner } from './runner.js';
import { searchAsReaders } from './searching.js';
import { seeAndShare } from './seeing.js';
import { type Host, type Site, serve } from './server.js';
import { eachPage, follow, open } from './touring.js';
import { lookAtTypes } from './types.js';
import { desk, narrow, openBrowser, visit, wide, withoutAskingForWebgpu } from './visitor.js';

const { values } = parseArgs({ options: { built: { type: 'string' }, only: { type: 'string' } } });
const base = '/below/aimle/';
const root = fileURLToPath(new URL('..', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'aimle-docs-'));
const folder = values.built ?? join(temporary, 'site');
const checking = new Checking();
const check = checking.check.bind(checking);

/** What checks/playgrounds/NAME.ts exports: it uses the playground as a person would, and throws on a failure. */
type Drives = { drive(page: Page): Promise<unknown> };

async function withSite(
  host: Host,
  work: (address: string, site: Site) => Promise<string[]>,
  place = base,
): Promise<string[]> {
  const site = await serve(folder, place, host);
  try {
    return await work(site.address, site);
  } finally {
    site.close();
  }
}

/** One visit in one tab; unexpected messages of the page are complaints. */
async function asVisitor(
  browser: Browser,
  use: (page: Page, address: string) => Promise<unknown>,
  place = base,
  host: Host = 'plain',
): Promise<string[]> {
  return withSite(
    host,
    async (address) => {
      const { page, complaints } = await visit(browser);
      await use(page, address);
      await page.close();
      return complaints;
    },
    place,
  );
}

/** Code and tables that a window of 1440 pixels cuts off. */
async function cutOff(page: Page): Promise<string[]> {
  await page.setViewportSize(desk);
  const found = await page.evaluate(() =>
    [...document.querySelectorAll('.vp-doc pre, .vp-doc table')]
      .filter((each) => each.scrollWidth > each.clientWidth + 1)
      .map((each) => `${each.tagName} is cut off: ${each.textContent.trim().slice(0, 60)}`),
  );
  await page.setViewportSize(wide);
  return found;
}

/** Whether a phone has to scroll the page sideways. */
async function overflow(page: Page): Promise<string[]> {
  await page.setViewportSize(narrow);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize(wide);
  return width > narrow.width ? [`is ${width} pixels wide on a phone of ${narrow.width}`] : [];
}

/** Pages of kinds with many pages, except one of each kind that the slow checks use. */
const alike =
  /^(api|estimators|examples|how-to|results|structures|tasks)\/(?!index|aimle|first-layer|task|dvae|k-subset)/;

async function unreadable(page: Page, path: string): Promise<string[]> {
  const isAlike = alike.test(path);
  const light = isAlike && path.startsWith('api/') ? [] : await violations(page);
  const dark = isAlike ? [] : await tooFaintInDark(page);
  return [...light, ...dark, ...(await cutOff(page)), ...(await overflow(page))];
}

async function goThrough(browser: Browser): Promise<void> {
  const pages = pagesOf(folder);
  const exampled = pagesWithExamples(folder);
  await check(`links and headings of ${pages.length} pages are there`, () => brokenLinks(folder, base));
  await check('the first page is small and answers soon', () =>
    withSite('plain', async (address) => {
      const { found, problems } = await measureFirstPage(browser, address);
      process.stdout.write(`  ${found}\n`);
      return problems;
    }),
  );
  await check('every page opens without an error, and can be read by everybody', () =>
    withSite('plain', (address) =>
      eachPage(browser, pages, (page, path) =>
        withoutAskingForWebgpu(page, async () => {
          await open(page, `${address}${path}`);
          return unreadable(page, path);
        }),
      ),
    ),
  );
  for (const [engine, host] of [
    ['webgl', 'plain'],
    ['wasm', 'isolated'],
  ] as const) {
    const where = host === 'isolated' ? 'isolated from other origins' : 'not isolated';
    await check(`the examples of ${exampled.length} pages give their values on ${engine}, ${where}`, () =>
      withSite(host, (address) =>
        eachPage(browser, exampled, async (page, path) => {
          await follow(page, `${address}${path}`);
          return runExamples(page, engine);
        }),
      ),
    );
  }
  await check('an example shows types of its names, by pointer and by keys', () =>
    asVisitor(browser, lookAtTypes),
  );
  await check('an example is edited, stopped, broken, shared and reset', () => asVisitor(browser, useRunner));
  await check('examples and playgrounds run under the content security policy of the site', () =>
    asVisitor(browser, runUnderPolicy, base, 'policed'),
  );
  await check('the search finds guides before the reference, also by words that the pages do not use', () =>
    asVisitor(browser, searchAsReaders),
  );
  for (const place of ['/', '/my docs/', base]) {
    await check(`the same files lie at ${place}, and links go on leading where they led`, () =>
      asVisitor(browser, walk, place),
    );
  }
  await check('what was read once can be read without a network', () =>
    withSite('plain', async (_, site) => {
      await readWithoutHost(browser, site);
      return [];
    }),
  );
  await check(
    'playgrounds play when seen, keep their controls in the address, and move nothing below them',
    () => asVisitor(browser, seeAndShare),
  );
  for (const path of pages.filter((each) => /^playgrounds\/(?!index)/.test(each))) {
    const name = path.slice('playgrounds/'.length, -'.html'.length);
    await check(`the playground ${name} does as it says`, () =>
      asVisitor(browser, async (page, address) => {
        const { drive } = (await import(`./playgrounds/${name}.js`)) as Drives;
        // Nothing plays by itself while it is checked.
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await open(page, `${address}${path}`);
        await drive(page);
      }),
    );
  }
}

try {
  const isBuilt =
    values.built !== undefined ||
    (await check('the site builds', async () => {
      await build(root, { outDir: folder });
      return [];
    }));
  checking.only = values.only ?? '';
  if (isBuilt) {
    const browser = await openBrowser();
    await goThrough(browser).finally(() => browser.close());
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
const { failed } = checking;
process.stdout.write(failed === 0 ? 'docs: every check passed\n' : `docs: ${failed} checks failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
