import type { Locator, Page } from 'playwright-core';
import { advise, everyAnswer } from '../src/choose/questions.js';

const longest = 120_000;

/** Runs every example of the open page on an engine, and returns what went wrong. */
export async function runExamples(page: Page, engine: string): Promise<string[]> {
  const problems: string[] = [];
  for (const example of await page.locator('.runnable').all()) {
    const name = await example.getAttribute('data-example');
    await answerFor(page, example);
    await example.locator('select').selectOption(engine);
    await example.getByRole('button', { name: 'Run', exact: true }).click();
    const status = example.getByRole('status');
    await status.filter({ hasText: /done|failed/ }).waitFor({ timeout: longest });
    const said = await status.textContent();
    const wrong = await example.locator('.entry.error, .entry.differs').allTextContents();
    const code = (await example.locator('pre code').first().textContent()) ?? '';
    const promised = code.match(/\/\/ (=>|plot|show)/g)?.length ?? 0;
    const shown = await example.locator('.entry.value, .entry.plot').count();
    const isComplete = shown >= promised;
    if (wrong.length > 0 || !said?.includes(`on ${engine}`) || !isComplete) {
      const what = [said, `${shown} of ${promised} values`, ...wrong].join('; ');
      problems.push(`${new URL(page.url()).pathname} ${name} on ${engine}: ${what}`);
    }
  }
  return problems;
}

/**
 * An example in advice of the page that helps to choose is seen only by those who give the answers for it, so the check
 * gives them, as a reader would.
 */
async function answerFor(page: Page, example: Locator): Promise<void> {
  const advice = await example.evaluate(
    (element) => element.closest<HTMLElement>('[data-answer]')?.dataset['answer'],
  );
  if (advice === undefined) return;
  const answers = everyAnswer().find((each) => advise(each) === advice);
  for (const [name, value] of Object.entries(answers ?? {}))
    await page.locator(`.picker input[name=${name}][value=${value}]`).check();
}
