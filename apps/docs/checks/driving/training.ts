import type { Page } from 'playwright-core';

/** Long, for machines that have other things to do. */
const LONGEST = 90_000;

/** Waits until a model is ready, and returns its line of numbers. */
export async function untrained(page: Page): Promise<string> {
  await page.waitForSelector('[data-state="ready"], [data-state="failed"]', { timeout: LONGEST });
  const line = await numbers(page);
  if (!line.startsWith('Untrained')) throw new Error(`it must begin untrained, it says: ${line}`);
  return line;
}

/** Switches the engine, which restarts the model. */
export async function takeEngine(page: Page, engine: string): Promise<string> {
  await page.getByRole('radio', { name: engine, exact: true }).check({ force: true });
  await page.waitForFunction(
    (begin) => document.querySelector('.aimle-live > .aimle-readout p')?.textContent?.startsWith(begin),
    `Untrained (${engine}`,
    { timeout: LONGEST },
  );
  return untrained(page);
}

/** The line of numbers. */
async function numbers(page: Page): Promise<string> {
  return (await page.locator('.aimle-live > .aimle-readout p').first().textContent()) ?? '';
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
  let paused = await numbers(page);
  // The current step still counts, late on busy machines.
  for (let wait = 0; wait < 5; wait++) {
    await page.waitForTimeout(1000);
    const now = await numbers(page);
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

/** Throws the message unless the condition holds. */
export function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
