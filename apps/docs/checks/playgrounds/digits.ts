import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { drag, numberIn, takeEngine, train, untrained } from '../driving.js';

const boundIn = (line: string): number => numberIn(line, /bound ([\d.]+) nats/);
const pressed = '.digits-bits [aria-pressed="true"]';

/** Trains, draws a digit, edits its code, takes the edit back, and trains on the other engine. */
export async function drive(page: Page): Promise<void> {
  await untrained(page);
  await page.waitForFunction((on) => document.querySelectorAll(on).length === 48, pressed);
  const line = await train(page, 40);
  const loss = boundIn(line);
  assert(
    loss < 450,
    `40 steps must bring the loss below 450 nats, where it begins above 500; it says: ${line}`,
  );

  const sheet = page.getByRole('img', { name: 'A sheet to draw a digit on' });
  const before = await codeOf(page);
  await drag(page, sheet, [0.5, 0.2], [0.5, 0.8]);
  await page.waitForFunction(
    ([bits, was]) =>
      Array.from(document.querySelectorAll(bits!), (bit) => bit.getAttribute('aria-pressed')).join() !== was,
    ['.digits-bits button', before],
  );

  const own = await codeOf(page);
  await page.locator('.digits-bits [aria-pressed="false"]').first().click();
  await page.waitForSelector('[data-edited="2"]');
  assert((await page.locator(pressed).count()) === 48, 'an edit must keep 4 bits of each row on');
  assert((await codeOf(page)) !== own, 'a pressed bit must change the code');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.waitForSelector('[data-edited="4"]');
  await page.getByRole('button', { name: 'Back to its own code' }).click();
  await page.waitForSelector('[data-edited="0"]');
  assert((await codeOf(page)) === own, 'the button must restore the model’s own code');

  await page.getByRole('button', { name: 'Start over' }).click();
  await untrained(page);

  await takeEngine(page, 'webgl');
  const early = await train(page, 2);
  const later = await train(page, 25);
  assert(boundIn(later) < boundIn(early), `the bound must fall on webgl: ${early} ${later}`);
}

async function codeOf(page: Page): Promise<string> {
  const bits = page.locator('.digits-bits button');
  return bits.evaluateAll((all) => all.map((bit) => bit.getAttribute('aria-pressed')).join());
}
