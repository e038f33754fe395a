import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { lineThat } from './driving.js';
import { open } from './touring.js';
import { narrow, wide } from './visitor.js';

interface Shift {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
}

const all = ['perturb-and-map', 'gradient', 'digits', 'explain', 'trees', 'shortest-path'];

/** Looks at playgrounds as a reader who touches nothing, then shares one, and reads on while it loads. */
export async function seeAndShare(page: Page, address: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await open(page, `${address}playgrounds/trees.html`);
  await lineThat(page, /^[1-9]\d* steps/);
  await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
  assert.equal(
    await page.getByLabel('Show the true tree').isChecked(),
    false,
    'the truth is hidden at first',
  );

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByRole('radio', { name: '7' }).check({ force: true });
  await page.getByLabel('Show the true tree').check();
  await page.getByRole('button', { name: 'Share' }).click();
  const shared = page.url();
  assert.match(shared, /vertices=7/);
  await page.goto('about:blank');
  await open(page, shared);
  await page.getByRole('img', { name: /recordings of 7 moving vertices/ }).waitFor({ timeout: 60_000 });
  assert.equal(await page.getByLabel('Show the true tree').isChecked(), true);

  await page.addInitScript(() => {
    const seen = globalThis as typeof globalThis & { shift?: number };
    seen.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as Shift[]) {
        const outside = entry.sources.some(({ node }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          return element?.closest('.playground') === null;
        });
        if (outside) seen.shift! += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });

  for (const size of [wide, narrow]) {
    await page.setViewportSize(size);
    for (const name of all) {
      const shift = await shiftOf(page, `${address}playgrounds/${name}.html`);
      assert.ok(shift < 0.1, `${name} at ${size.width} pixels shifts by ${shift.toFixed(2)} while it loads`);
    }
  }
  await page.setViewportSize(wide);
}

/** The cumulative layout shift, in the first seconds of a page, of what is not in its playground. */
async function shiftOf(page: Page, address: string): Promise<number> {
  await page.goto('about:blank');
  await open(page, address);
  await page.locator('.aimle-panel').waitFor();
  await page.waitForTimeout(3000);
  return page.evaluate(() => (globalThis as typeof globalThis & { shift?: number }).shift ?? 0);
}
