import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Uses an example as a reader would: look at a type, edit, run, stop, break, reset, and share. */
export async function useRunner(page: Page, address: string): Promise<void> {
  await page.goto(`${address}examples/first-layer.html`);
  const example = page.locator('.runnable').first();
  const button = (name: string) => example.getByRole('button', { name, exact: true });
  const status = example.getByRole('status');
  const editor = example.getByRole('textbox');
  const write = async (code: string) => {
    await editor.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(code);
  };
  const name = example.locator('.twoslash-hover').filter({ hasText: 'function topK' }).first();
  const type = name.locator('.twoslash-popup-container');
  assert.equal(await type.isVisible(), false, 'types are hidden');
  await name.hover({ position: { x: 4, y: 6 } });
  await type.waitFor();
  assert.match((await type.textContent()) ?? '', /^function topK\(.*\): Solver$/);

  const printed = example.locator('pre.twoslash');
  const said = page.locator('.types-said');
  const shown = example.locator('.twoslash-popup-container:visible');
  await page.mouse.move(0, 0);
  await printed.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowLeft'])
    await page.keyboard.press(key);
  assert.equal(await shown.count(), 1, 'one type is shown by keys');
  assert.equal(await said.textContent(), await shown.textContent());
  await page.keyboard.press('Escape');
  assert.equal(await shown.count(), 0, 'Escape hides the type');
  await page.keyboard.press('ArrowRight');
  assert.match((await shown.textContent()) ?? '', /^function useEngine/);
  await page.keyboard.press('Tab');
  assert.equal(await shown.count(), 0, 'a type goes with the focus');

  await example.locator('select').selectOption('cpu');
  await button('Edit').click();

  await write('const xs: number[] = [1, 2];\nxs.map((x) => x * 2); // => [2, 4]\nxs[0]; // => 7');
  await page.keyboard.press('Control+Enter');
  await status.filter({ hasText: 'done' }).waitFor();
  const values = await example.locator('.entry.value').allTextContents();
  assert.deepEqual(values, ['line 2[2, 4]', 'line 31\nthe comment says 7']);

  await write("const fine = 1;\nthrow new Error('on purpose');");
  await button('Run').click();
  await status.filter({ hasText: 'failed' }).waitFor();
  assert.equal(await example.locator('.entry.error').textContent(), 'line 2on purpose');

  await write('while (true) {}');
  await button('Run').click();
  await status.filter({ hasText: 'running' }).waitFor();
  await button('Stop').click();
  await status.filter({ hasText: 'stopped' }).waitFor();

  await write('6 * 7; // show');
  await button('Copy link').click();
  await status.filter({ hasText: 'link' }).waitFor();
  const shared = page.url();
  await page.goto('about:blank');
  await page.goto(shared);
  await editor.filter({ hasText: '6 * 7; // show' }).waitFor();
  await button('Run').click();
  await status.filter({ hasText: 'done' }).waitFor();
  assert.equal(await example.locator('.entry.value').textContent(), 'line 142');
  await button('Reset').click();
  await editor.filter({ hasText: 'pick.mode(theta)' }).waitFor();
}
