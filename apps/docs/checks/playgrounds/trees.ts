import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { lineThat, numberIn, takeEngine, train, untrained } from '../driving.js';

const rightIn = (line: string): number => numberIn(line, /(\d+)% of the edges/);

/** Trains on five vertices, moves the time, and takes the other engine: in software, a step takes a minute there. */
export async function drive(page: Page): Promise<void> {
  await untrained(page);
  await page.getByRole('radio', { name: '5' }).check({ force: true });
  const atFirst = rightIn(await lineThat(page, /^Untrained .*by chance 40%/));
  const line = await train(page, 100);
  const precision = rightIn(line);
  assert(precision > 45, `100 steps must find more edges than chance; it says: ${line}`);
  const seen = page.getByRole('img', { name: '6 recordings of 5 moving vertices' });
  const right = /best tree: ([\d, ]+)\./.exec((await seen.getAttribute('aria-label')) ?? '')?.[1] ?? '';
  assert(
    right.split(', ').length === 6,
    `each recording must say how many edges are right, it says: ${right}`,
  );

  await page.getByLabel('Time, frames').fill('4.5');
  const button = page.getByRole('button', { name: 'Play', exact: true });
  assert(await button.isVisible(), 'moving the time must hold the film');
  await button.click();
  await page.waitForFunction(() => document.querySelector('.aimle-slider output')?.textContent !== '4.5');

  const other = rightIn(await takeEngine(page, 'webgl'));
  assert(Math.abs(other - atFirst) <= 2, `wasm finds ${atFirst}% of the edges untrained, webgl ${other}%`);
}
