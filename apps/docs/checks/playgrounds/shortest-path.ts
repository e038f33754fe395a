import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { drag, lineThat, numberIn } from '../driving.js';

const regretIn = (line: string): number => numberIn(line, /regret ([\d.]+)%/);

/** Learns, paints while it learns, moves an end, pauses, and begins anew by another loss. */
export async function drive(page: Page): Promise<void> {
  const first = await lineThat(page, /^Step 0:/);
  await page.getByRole('slider', { name: /^Maximum steps per second/ }).press('End');
  await page.getByRole('button', { name: 'Learn' }).click();
  const learned = await lineThat(page, /^Step (?:[6-9]\d|\d{3,}):/);
  assert(regretIn(learned) < regretIn(first) / 2, `60 steps must halve the regret: ${first} ${learned}`);

  await page.getByRole('radio', { name: 'rock' }).check();
  const ground = page.getByRole('img', { name: /^The terrain/ });
  await drag(page, ground, [0.05, 0.45], [0.8, 0.45]);
  await drag(page, ground, [0.96, 0.96], [0.96, 0.3]);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.waitForTimeout(500);
  const paused = await lineThat(page, /^Step \d/);
  await page.waitForTimeout(500);
  assert((await lineThat(page, /^Step \d/)) === paused, 'a pause must hold');

  await page.getByRole('radio', { name: 'Fenchel–Young' }).check();
  await lineThat(page, /^Step 0:/);
  await page.getByRole('button', { name: 'Learn' }).click();
  await lineThat(page, /^Step \d{2}/);
  await page.getByRole('button', { name: 'Reset' }).click();
  await lineThat(page, /^Step 0:/);
}
