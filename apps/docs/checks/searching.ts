import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** What readers type, and the page that must be among the first results. */
const sought = [
  ['license', /faq|index|^\/?$/],
  ['backpropagate', /concepts|start/],
  ['GPU', /faq|engines/],
  ['topK', /structures|api/],
] as const;

export async function searchAsReaders(page: Page, address: string): Promise<void> {
  await page.goto(`${address}start.html`);
  await page.getByRole('button', { name: 'Search' }).click();
  for (const [words, place] of sought) {
    await page.locator('#localsearch-input').fill(words);
    const options = page.locator('.VPLocalSearchBox [role=option]');
    await options.first().waitFor();
    const results = await options
      .locator('a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
    const first = results.slice(0, 5);
    assert.ok(
      first.some((path) => place.test(path)),
      `${words} finds ${first.join(', ')}`,
    );
    if (words !== 'topK')
      assert.ok(!first[0]?.includes('/api/'), `${words} finds a guide first: ${first[0]}`);
    await page.locator('#localsearch-input').fill('');
    await options.first().waitFor({ state: 'detached' });
  }
}
