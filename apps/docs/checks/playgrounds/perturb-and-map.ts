import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { drag, lineThat, numberIn } from '../driving.js';

const gapIn = (line: string): number => numberIn(line, /marginals: (\d+\.\d+)/);
const entropyIn = (line: string): number => numberIn(line, /entropy: (\d+\.\d+)/);

/** Chooses structures, noise and temperature, drags a bar, and moves one by the keyboard. */
export async function drive(page: Page): Promise<void> {
  await page.getByRole('radio', { name: '1 of 6' }).check();
  const one = await lineThat(page, /temperature 1\.00.*infinitely many draws it would be 0\.000/);
  assert(gapIn(one) < 0.06, `one of six must be drawn as Gibbs says, up to chance; it says: ${one}`);

  await page.getByRole('radio', { name: '3 of 6' }).check();
  const three = await lineThat(page, /infinitely many draws it would be 0\.0[1-9]/);
  await page.getByRole('radio', { name: 'Sum-of-Gamma' }).check();
  const gamma = await lineThat(page, /marginals: [\d.]+\. Gibbs/);
  assert(gapIn(gamma) > gapIn(three), `Sum-of-Gamma must be further from Gibbs here: ${three} ${gamma}`);

  const temperature = page.getByRole('slider', { name: 'Temperature' });
  await temperature.press('Home');
  const cold = await lineThat(page, /temperature 0\.10/);
  await temperature.press('End');
  const hot = await lineThat(page, /temperature 3\.16/);
  assert(entropyIn(cold) < entropyIn(hot), `cold must be surer than hot: ${cold} ${hot}`);
  assert(Math.abs(entropyIn(hot) - Math.log(20)) < 0.3, `hot must be near 20 equal states: ${hot}`);

  const drawing = page.getByRole('img', { name: /^Bars of theta/ });
  const before = await drawing.getAttribute('aria-label');
  await drag(page, drawing, [0.2, 0.3], [0.2, 0.12]);
  await page.waitForFunction((was) => !document.querySelector(`[aria-label="${was}"]`), before);
  const first = page.getByRole('slider', { name: 'theta of 1' });
  await first.focus();
  await first.press('End');
  await page.waitForSelector('canvas[aria-label^="Bars of theta: 1: 3.0"]');

  await page.getByRole('radio', { name: 'tree on 5' }).check();
  await lineThat(page, /temperature 3\.16/);
  await page.getByRole('img', { name: /^The current spanning tree/ }).waitFor({ state: 'visible' });
  await page.getByRole('button', { name: 'Rain' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'One draw' }).click();
}
