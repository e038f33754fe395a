import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { Site } from './server.js';

/** Reads two pages, has the host go away, and reads them again. */
export async function readWithoutHost(browser: Browser, site: Site): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site.address);
  await page.waitForFunction(() => document.documentElement.dataset['offline'] === 'ready');
  await page.goto(`${site.address}concepts/implicit-mle.html`);
  const heading = page.getByRole('heading', { level: 1 });
  const read = await heading.textContent();
  site.close();
  await page.reload();
  assert.equal(await heading.textContent(), read);
  await page.goto(site.address);
  await page.getByRole('button', { name: 'Pause' }).click();
  await context.close();
}
