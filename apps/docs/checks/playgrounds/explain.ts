import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { lineThat, numberIn, takeEngine, train, untrained } from '../driving.js';

const errorIn = (line: string): number => numberIn(line, /error of the rating: ([\d.]+)/);

/** Trains on one rating, explains its own text, takes another k, and trains on the other engine. */
export async function drive(page: Page): Promise<void> {
  const first = await untrained(page);
  const chance = numberIn(first, /by chance (\d+)%/);
  const line = await train(page, 60);
  const precision = numberIn(line, /(\d+)% of the 6 best words/);
  assert(precision >= 3 * chance, `60 steps must find three times as many words as chance; it says: ${line}`);
  const chosen = await page.locator('.explain-card').first().locator('.explain-chosen').count();
  assert(chosen === 6, `6 words of a review must be framed, there are ${chosen}`);

  await page
    .getByLabel('Your own text')
    .fill('The taste was sweet and luscious, sublime caramel, quite xylophonic.');
  await page.waitForSelector('.explain-own .explain-unknown:text-is("xylophonic")');
  const own = page.locator('.explain-own .aimle-readout p').first();
  const sweet = numberIn((await own.textContent()) ?? '', /rating (\d+) of 100/);
  assert((await own.textContent())!.includes('xylophonic'), 'the word that is not known must be named');
  await page
    .getByLabel('Your own text')
    .fill('The taste was vile and sour, vile, burnt, sour, bitter, vile.');
  await page.waitForFunction(
    () => !document.querySelector('.explain-own .aimle-readout p')?.textContent?.includes('xylophonic'),
  );
  const sour = numberIn((await own.textContent()) ?? '', /rating (\d+) of 100/);
  assert(sour < sweet, `a vile taste must be rated below a sweet one, it is ${sour} against ${sweet}`);

  await page.getByLabel('k, words to choose').fill('2');
  await lineThat(page, /of the 2 best words/);

  await takeEngine(page, 'webgl');
  const early = await train(page, 2);
  const later = await train(page, 15);
  assert(errorIn(later) < errorIn(early), `the error must fall on webgl: ${early} ${later}`);
}
