import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Runs an example on two engines and trains a playground, and makes sure that the policy was there. */
export async function runUnderPolicy(page: Page, address: string): Promise<void> {
  const response = await page.goto(`${address}examples/first-layer.html`);
  assert.match(response?.headers()['content-security-policy'] ?? '', /wasm-unsafe-eval/);
  const example = page.locator('.runnable').first();
  for (const engine of ['wasm', 'webgl']) {
    await example.locator('select').selectOption(engine);
    await example.getByRole('button', { name: 'Run', exact: true }).click();
    await example.getByRole('status').filter({ hasText: 'done' }).waitFor({ timeout: 60_000 });
  }
  assert.equal(await example.locator('.entry.differs, .entry.error').count(), 0);
  await page.goto(`${address}playgrounds/trees.html`);
  await page.locator('[data-state="ready"]').waitFor({ timeout: 60_000 });
}
