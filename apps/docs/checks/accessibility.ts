import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[] }[];
}

/** A line for each rule of WCAG 2.2 AA that the page breaks, all rules in light, and contrast in dark too. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const light = await run(page, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  await page.evaluate(() => document.documentElement.classList.add('dark'));
  const dark = await run(page, ['cat.color']);
  await page.evaluate(() => document.documentElement.classList.remove('dark'));
  return [...light.map((each) => `light: ${each}`), ...dark.map((each) => `dark: ${each}`)];
}

async function run(page: Page, tags: readonly string[]): Promise<string[]> {
  const found = await page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: unknown, options: unknown): Promise<{ violations: Found[] }> };
    };
    const rules = { runOnly: { type: 'tag', values }, resultTypes: ['violations'] };
    return (await axe.run(document, rules)).violations;
  }, tags);
  return found.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map(({ target }) => target.join(' '));
    return `${id}: ${help} (${nodes.length}: ${places.join('; ')})`;
  });
}
