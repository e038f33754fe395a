import type { Browser, Page } from 'playwright-core';
import { visit } from './visitor.js';

/** Opens each page in turn, in two tabs at once, and returns its problems. */
export async function eachPage(
  browser: Browser,
  pages: readonly string[],
  look: (page: Page, path: string) => Promise<readonly string[]>,
): Promise<string[]> {
  const queue = [...pages];
  const tabs = Array.from({ length: 2 }, async () => {
    const { page, complaints } = await visit(browser);
    const found: string[] = [];
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      const problems = await look(page, path).catch((error: Error) => [error.message]);
      found.push(...problems.map((each) => `/${path}: ${each}`));
    }
    await page.close();
    return [...found, ...complaints];
  });
  return (await Promise.all(tabs)).flat();
}

/** Opens a page and waits until its interactive parts are ready. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}));
}

/** Goes on to a page as by a link of the site, so that what the site has started goes on with it. */
export async function follow(page: Page, address: string): Promise<void> {
  if (!page.url().startsWith('http')) return open(page, address);
  const before = await page.evaluateHandle(() => document.querySelector('.vp-doc > div'));
  await page.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    document.body.append(link);
    link.click();
    link.remove();
  }, address);
  // The site's links lead to the folder of an index.
  await page.waitForURL(address.replace(/\/index\.html$/, '/'));
  await page.waitForFunction((was) => {
    const now = document.querySelector('.vp-doc > div');
    return now !== null && now !== was;
  }, before);
}
