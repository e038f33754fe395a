import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { open } from './touring.js';
import { narrow, wide } from './visitor.js';

/** Looks at the types of an example's names, by pointer and by keys, on a laptop and on a phone. */
export async function lookAtTypes(page: Page, address: string): Promise<void> {
  await open(page, `${address}examples/first-layer.html`);
  const code = page.locator('.runnable pre.twoslash').first();
  const popup = page.locator('.types-popup');
  const isShown = async () => (await popup.textContent()) !== '';

  assert.equal(await code.locator('.twoslash-popup-container:visible').count(), 0, 'types are hidden');
  const name = code.locator('.twoslash-hover').filter({ hasText: 'function topK' }).first();
  await name.hover({ position: { x: 4, y: 6 } });
  assert.match((await popup.textContent()) ?? '', /^function topK\(.*\): RankedDistribution$/);
  await page.mouse.move(0, 0);
  assert.equal(await isShown(), false, 'a type goes with the pointer');

  await code.focus();
  await page.keyboard.press('ArrowRight');
  const first = await popup.textContent();
  assert.equal(await isShown(), true, 'keys show types');
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowLeft'])
    await page.keyboard.press(key);
  assert.equal(await code.locator('.shows-type').count(), 1, 'one name is marked');
  assert.match((await popup.textContent()) ?? '', /^function useEngine/, 'the last name of the imports');
  await page.keyboard.press('Escape');
  assert.equal(await isShown(), false, 'Escape hides the type');
  await page.keyboard.press('ArrowRight');
  assert.equal(await popup.textContent(), first, 'after Escape the keys begin at the first name');
  await page.keyboard.press('Tab');
  assert.equal(await isShown(), false, 'a type goes with the focus');

  for (const size of [narrow, wide]) {
    await page.setViewportSize(size);
    await code.focus();
    const names = await code.locator('.twoslash-hover').count();
    for (let at = 0; at < names; at++) {
      await page.keyboard.press('ArrowRight');
      const { x, y, width, height } = (await popup.boundingBox())!;
      const isInside = x >= 0 && y >= 0 && x + width <= size.width && y + height <= size.height;
      assert.ok(isInside, `the type of name ${at} is in the window of ${size.width} pixels: ${x}, ${y}`);
    }
    await page.keyboard.press('Escape');
  }
  const [scrolls, reaches] = await code.evaluate((element) => {
    const lines = [...element.querySelectorAll('.line')].map((line) => (line as HTMLElement).offsetWidth);
    return [element.scrollWidth, Math.max(element.clientWidth, Math.max(...lines) + 64)];
  });
  assert.ok(scrolls <= reaches, `an example scrolls over its code and no further: ${scrolls}, ${reaches}`);
}
