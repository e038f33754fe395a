import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** A line for each rule of WCAG 2.2 AA, and of good practice, that the page breaks in light. */
export async function violations(page: Page): Promise<string[]> {
  const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  return run(page, { type: 'tag', values });
}

export async function tooFaintInDark(page: Page): Promise<string[]> {
  // A colour on its way from light to dark would be judged as it is just then.
  await page.addStyleTag({ content: '*, *::before, *::after { transition: none !important }' });
  await page.evaluate(() => document.documentElement.classList.add('dark'));
  const found = await run(page, { type: 'rule', values: ['color-contrast'] });
  await page.evaluate(() => document.documentElement.classList.remove('dark'));
  return found.map((each) => `dark: ${each}`);
}

async function run(page: Page, runOnly: { type: string; values: string[] }): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(axe.source);
  const found = await page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: unknown, options: unknown): Promise<AxeResults> };
    };
    return (await axe.run(document, { runOnly: only, resultTypes: ['violations'] })).violations;
  }, runOnly);
  return found.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map(({ target }) => target.join(' '));
    return `${id}: ${help} (${nodes.length}: ${places.join('; ')})`;
  });
}
