import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { open } from './touring.js';

/**
 * Walks through the site at an address: links that stay on the screen from page to page must keep leading where
 * they led, and a page opened below must find the files above it.
 */
export async function walk(page: Page, address: string): Promise<void> {
  const at = async (path: string, heading: string) => {
    await page.waitForURL(`${address}${path}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };
  const navigation = page.getByRole('navigation', { name: 'Main Navigation' });
  await open(page, `${address}concepts/implicit-mle.html`);
  await navigation.getByRole('link', { name: 'Guide' }).click();
  await at('start.html', 'Start');
  await navigation.getByRole('link', { name: 'API' }).click();
  await at('api/', 'Reference');
  await navigation.getByRole('link', { name: 'Guide' }).click();
  await at('start.html', 'Start');
  await page.getByRole('link', { name: 'AIMLE', exact: true }).first().click();
  await page.waitForURL(address);
  const icon = await page.locator('link[rel=icon]').evaluate((link) => (link as HTMLLinkElement).href);
  assert.equal(icon, `${address}icon.svg`);
}
