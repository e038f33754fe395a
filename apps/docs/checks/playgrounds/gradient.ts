import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { drag, lineThat, numberIn } from '../driving.js';

const biasIn = (line: string): number => numberIn(line, /AIMLE at λ [\d.]+: bias ([\d.]+)/);
const zerosIn = (line: string): number => numberIn(line, /(\d+)% of estimates zero/);

/** Moves lambda, S and the target, and lets AIMLE find lambda. */
export async function drive(page: Page): Promise<void> {
  await lineThat(page, /length of the true gradient 0\.132.*AIMLE at λ 1\.0/);
  const samples = page.getByRole('slider', { name: 'S, states per estimate' });
  const lambda = page.getByRole('slider', { name: 'λ', exact: true });
  await samples.press('Home');
  await lambda.press('Home');
  const small = await lineThat(page, /AIMLE at λ 0\.050: .*[89]\d% of estimates zero/);
  await lambda.press('End');
  const large = await lineThat(page, /AIMLE at λ 50: .* [0-9]% of estimates zero/);
  assert(zerosIn(small) > zerosIn(large) + 70, `small λ must give zeros: ${small} ${large}`);
  assert(biasIn(large) > 0.2, `large λ must be biased: ${large}`);

  for (let power = 0; power < 3; power++) await samples.press('ArrowRight');
  await page.getByRole('button', { name: 'Let AIMLE find λ' }).click();
  const found = await lineThat(page, /After \d{2,3} passes the default is at λ/);
  const at = numberIn(found, /default is at λ ([\d.]+)/);
  assert(at > 1.5 && at < 3.2, `with S of 8 the default must be near 2.3; it says: ${found}`);
  assert(numberIn(found, /controller at ([\d.]+)/) < at, `the controller must still be on its way: ${found}`);
  await page.getByRole('button', { name: 'Stop' }).click();

  const plane = page.getByRole('img', { name: /^Five items/ });
  const target = [0.5 + 0.2 / 2.68, 0.5 - 0.3 / 2.68] as const;
  await drag(page, plane, target, [0.15, 0.7]);
  const dragged = await lineThat(page, /length of the true gradient 0\.(?!132)/);
  assert(numberIn(dragged, /Expected loss ([\d.]+)/) > 0.6, `a far target must cost more: ${dragged}`);
  await page.getByRole('radio', { name: '3 of 5' }).check();
  await page.getByRole('button', { name: 'New θ' }).click();
  await lineThat(page, /length of the true gradient/);
}
