import type { Locator, Page } from 'playwright-core';

/** Drags within a drawing, from one place to another, both as fractions of its width and height. */
export async function drag(
  page: Page,
  drawing: Locator,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  await drawing.scrollIntoViewIfNeeded();
  const box = (await drawing.boundingBox())!;
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  for (let part = 1; part <= 5; part++) {
    const along = (i: 0 | 1): number => from[i] + ((to[i] - from[i]) * part) / 5;
    await page.mouse.move(...at([along(0), along(1)]));
  }
  await page.mouse.up();
}

/** Waits until the line of numbers of a playground matches, and returns it. */
export async function lineThat(page: Page, pattern: RegExp, longest = 60_000): Promise<string> {
  const line = page.locator('.aimle-readout p').first();
  const found = await page
    .waitForFunction(
      ([source, flags]) => {
        const text = document.querySelector('.aimle-readout p')?.textContent ?? '';
        return new RegExp(source!, flags).test(text) ? text : false;
      },
      [pattern.source, pattern.flags],
      { timeout: longest },
    )
    .catch(async () => {
      throw new Error(`the line of numbers must match ${pattern}; it says: ${await line.textContent()}`);
    });
  return String(await found.jsonValue());
}
