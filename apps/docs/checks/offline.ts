import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { Site } from './server.js';

/** Opens some pages, takes the host offline, and reads, searches, edits and runs them. */
export async function readWithoutHost(browser: Browser, site: Site): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site.address);
  await page.waitForFunction(() => document.documentElement.dataset['offline'] === 'ready');
  await page.goto(`${site.address}examples/first-layer.html`);
  await page.goto(`${site.address}concepts/implicit-mle.html`);
  const heading = page.getByRole('heading', { level: 1 });
  const read = await heading.textContent();
  site.close();

  await page.reload();
  assert.equal(await heading.textContent(), read);
  await page.goto(site.address);
  await page.getByRole('button', { name: 'Pause' }).click();

  await page.getByRole('button', { name: 'Search' }).click();
  await page.locator('#localsearch-input').fill('arborescence');
  await page.locator('.VPLocalSearchBox [role=option]').first().waitFor();
  await page.keyboard.press('Escape');

  await page.goto(`${site.address}examples/first-layer.html`);
  const example = page.locator('.runnable').first();
  for (const engine of ['wasm', 'webgl']) {
    await example.locator('select').selectOption(engine);
    await example.getByRole('button', { name: 'Run', exact: true }).click();
    await example.getByRole('status').filter({ hasText: 'done' }).waitFor({ timeout: 60_000 });
  }
  await example.getByRole('button', { name: 'Edit', exact: true }).click();
  await example.getByRole('textbox').waitFor();
  await context.close();
}
