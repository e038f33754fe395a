import type { Locator, Page } from 'playwright-core';

/** Long, for machines that have other things to do. */
const LONGEST = 90_000;

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
export async function lineThat(page: Page, pattern: RegExp): Promise<string> {
  const line = page.locator('.aimle-readout p').first();
  const found = await page
    .waitForFunction(
      ([source, flags]) => {
        const text = document.querySelector('.aimle-readout p')?.textContent ?? '';
        return new RegExp(source!, flags).test(text) ? text : false;
      },
      [pattern.source, pattern.flags],
      { timeout: LONGEST },
    )
    .catch(async () => {
      throw new Error(`the line of numbers must match ${pattern}; it says: ${await line.textContent()}`);
    });
  return String(await found.jsonValue());
}

/** Waits until a model is ready, and returns its line of numbers. */
export async function untrained(page: Page): Promise<string> {
  await page.waitForSelector('[data-state="ready"], [data-state="failed"]', { timeout: LONGEST });
  return lineThat(page, /^Untrained/);
}

/** Switches the engine, which restarts the model. */
export async function takeEngine(page: Page, engine: string): Promise<string> {
  await page.getByRole('radio', { name: engine, exact: true }).check({ force: true });
  return lineThat(page, new RegExp(`^Untrained \\(${engine}`));
}

/** Trains for at least so many steps, pauses, and makes sure that the pause holds. */
export async function train(page: Page, steps: number): Promise<string> {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.waitForFunction(
    (least) => Number(document.querySelector<HTMLElement>('.aimle-live')?.dataset['steps']) >= least,
    steps,
    { timeout: LONGEST },
  );
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  let paused = await lineThat(page, / steps/);
  // The current step still counts, late on busy machines.
  for (let wait = 0; wait < 5; wait++) {
    await page.waitForTimeout(1000);
    const now = await lineThat(page, / steps/);
    if (now === paused) return paused;
    paused = now;
  }
  throw new Error(`a pause must hold, and still the numbers change: ${paused}`);
}

/** The number in a text that a pattern puts in brackets. */
export function numberIn(text: string, pattern: RegExp): number {
  const found = Number(pattern.exec(text)?.[1]);
  if (Number.isNaN(found)) throw new Error(`no number for ${pattern} in: ${text}`);
  return found;
}
