import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** An example in the page, and what a reader does with it. */
function readerOf(page: Page) {
  const example = page.locator('.runnable').first();
  const editor = example.getByRole('textbox');
  return {
    page,
    example,
    editor,
    entries: (kind: string) => example.locator(`.entry.${kind}`).allTextContents(),
    press: (name: string) => example.getByRole('button', { name, exact: true }).click(),
    reads: (words: string) => example.getByRole('status').filter({ hasText: words }).waitFor(),
    async write(code: string) {
      await editor.click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(code);
    },
  };
}
type Reader = ReturnType<typeof readerOf>;

/** Uses an example as a reader would: edit, run, stop, flood, break, share, reset, and choose an engine. */
export async function useRunner(page: Page, address: string): Promise<void> {
  await page.goto(`${address}examples/first-layer.html`);
  const reader = readerOf(page);
  await reader.example.locator('select').selectOption('cpu');
  await reader.press('Edit');
  await reader.reads('not checked');
  await showValues(reader);
  await stopAndFlood(reader);
  await fail(reader);
  await share(reader);
  await chooseForAll(page, address);
}

/** Values and what their comments say, and what an example logs. */
async function showValues({ page, entries, write, press, reads }: Reader): Promise<void> {
  await write('const xs: number[] = [1, 2];\nxs.map((x) => x * 2); // => [2, 4]\nxs[0]; // => 7');
  await page.keyboard.press('Control+Enter');
  await reads('done');
  assert.deepEqual(await entries('value'), ['line 2[2, 4]✓', 'line 31\nthe comment says 7']);

  await write('const x = 1;\nx + 1;');
  await press('Run');
  await reads('done');
  assert.deepEqual(await entries('value'), ['line 22']);
  await write('const x = 1;');
  await press('Run');
  await reads('done');
  assert.match((await entries('hint'))[0] ?? '', /End a line with \/\/ show/);
  await write('console.table([{ a: 1 }]);\nnew Map([[1, 2]]); // show');
  await press('Run');
  await reads('done');
  assert.deepEqual(await entries('log'), ['   a\n0  1']);
  assert.deepEqual(await entries('value'), ['line 2Map(1) { 1 => 2 }']);
  const gutter = await page
    .locator('.cm-gutters')
    .first()
    .evaluate((it) => getComputedStyle(it).backgroundColor);
  assert.match(gutter, /^rgb\(/, 'code that is scrolled does not show through the numbers of lines');

  await write("console.log('a');\nconsole.warn('b');\nconsole.error('c');");
  await press('Run');
  await reads('done');
  assert.deepEqual(await entries('log'), ['a', 'warningb', 'errorc']);
}

/** A run that does not end, and runs that print more than a page can show. */
async function stopAndFlood({ page, editor, entries, write, press, reads, example }: Reader): Promise<void> {
  await write('while (true) {}');
  await press('Run');
  await reads('running');
  await press('Stop');
  await reads('stopped');

  // A second run ends the first, and can itself be stopped.
  await write('while (true) {}');
  await page.keyboard.press('Control+Enter');
  await reads('running');
  await page.keyboard.press('Control+Enter');
  await reads('running');
  await example.getByRole('button', { name: 'Stop', exact: true }).waitFor();
  await leaves(page, 1, 'a second run');
  await press('Reset');
  await leaves(page, 0, 'Reset');
  await write('while (true) {}');
  await press('Run');
  await reads('running');
  await page.getByRole('link', { name: 'Guide' }).first().click();
  await page.waitForURL(/start/);
  await leaves(page, 0, 'leaving the page');
  await page.goBack();
  await editor.filter({ hasText: 'while (true) {}' }).waitFor();
  await reads('your edit is kept');

  await write('let i = 0;\nwhile (true) console.log(i++);');
  await press('Run');
  await example.locator('.entry.more').waitFor();
  await press('Stop');
  await reads('stopped');
  assert.equal((await entries('log')).length, 1000);
  assert.deepEqual(await entries('more'), ['… more was printed, and is left out']);

  await write("for (let i = 0; i < 2500; i++) console.log('x'.repeat(9));\n1 + 1; // => 3");
  await press('Run');
  await reads('done');
  assert.equal((await entries('log')).length, 1000);
  assert.deepEqual(await entries('differs'), ['line 22\nthe comment says 3']);
  assert.deepEqual(await entries('more'), ['… and 1,500 more']);
}

/** Any other worker would run on at full speed. */
async function leaves(page: Page, workers: number, after: string): Promise<void> {
  for (let wait = 0; page.workers().length > workers; wait++) {
    assert.ok(wait < 50, `${after} leaves ${page.workers().length} workers, and at most ${workers} may run`);
    await page.waitForTimeout(100);
  }
}

/** Errors of all kinds: thrown, rejected with nobody waiting, found by the parser or the browser, and the worker's own. */
async function fail({ entries, write, press, reads }: Reader): Promise<void> {
  const missing = "nothing = 1;\nPromise.reject(new Error('unheard'));\n";
  const shapes =
    "import * as tf from '@tensorflow/tfjs';\nconst f = () => tf.matMul(tf.ones([2, 3]), tf.ones([2, 3]));\ntf.grad(() => f().sum())(tf.ones([1]));";
  const notNumbers =
    "import { aimle, key, topK } from 'aimle';\nimport * as tf from '@tensorflow/tfjs';\nconst pick = aimle(topK({ size: 2, k: 1 }));\npick.sample(tf.tensor1d([NaN, 1]), { key: key(1) });";
  const later = "setTimeout(() => {\n  throw new Error('late');\n}, 300);";
  for (const [code, says, entry] of [
    ["const fine = 1;\nthrow new Error('on purpose');", 'failed', 'line 2on purpose'],
    [`let ${missing}`, 'failed on cpu', 'line 2a promise was rejected, and nothing caught it: unheard'],
    [later, 'failed on cpu, after it was done', 'line 2late'],
    [
      'const fine = 1;\nf(fine;',
      'failed',
      'line 2this cannot be read as TypeScript yet: unexpected token, expected ","\n  f(fine;\n        ^',
    ],
    [shapes, 'failed', /^line 2Error in matMul/],
    [notNumbers, 'failed', /^line 4.*NaN/],
    ['const a = 1;\nconst a = 2;', 'failed', /^the browser cannot read the code: .*declared/],
  ] as const) {
    await write(code);
    await press('Run');
    await reads(says);
    const [found = '', ...others] = await entries('error');
    if (typeof entry === 'string') assert.equal(found, entry);
    else assert.match(found, entry);
    assert.deepEqual(others, []);
  }
  // An error that the worker cannot keep to itself is its end.
  await write(
    "Event.prototype.preventDefault = () => {};\nsetTimeout(() => {\n  throw new Error('dead');\n});\nawait new Promise(() => {});",
  );
  await press('Run');
  await reads('the worker has ended');
  assert.match((await entries('error')).at(-1) ?? '', /^the worker that ran the example has ended: .*dead$/);
  await write('1 + 1; // => 2');
  await press('Run');
  await reads('done');
}

/** Links: into a new tab, into the tab that shows the page, and with an end that was lost. Reset takes them away. */
async function share({ page, editor, entries, write, press, reads }: Reader): Promise<void> {
  const original = 'pick.mode(theta)';
  await write('6 * 7; // show');
  await press('Copy link');
  await reads('link');
  const shared = page.url();
  await page.goto('about:blank');
  await page.goto(shared);
  await editor.filter({ hasText: '6 * 7; // show' }).waitFor();
  await press('Run');
  await reads('done');
  assert.deepEqual(await entries('value'), ['line 142']);
  await press('Reset');
  await editor.filter({ hasText: original }).waitFor();
  assert.equal(new URL(page.url()).hash, '', 'Reset takes the code out of the address');

  await page.goto(shared);
  await editor.filter({ hasText: '6 * 7; // show' }).waitFor();
  await reads('from the link');
  await page.goto(shared.slice(0, -5));
  await reads('the link is damaged');
  await press('Reset');
  await page.reload();
  assert.equal(await editor.count(), 0, 'a reload does not bring back what was reset');
}

/** The engine chosen in one example is that of all of them, and of the next page; and each that is offered is there. */
async function chooseForAll(page: Page, address: string): Promise<void> {
  await page.goto(`${address}structures/k-subset.html`);
  const choices = page.locator('.runnable select');
  const chosen = () => choices.evaluateAll((all) => all.map((each) => (each as HTMLSelectElement).value));
  await choices.last().waitFor();
  assert.deepEqual([...new Set(await chosen())], ['cpu']);
  assert.ok((await choices.count()) > 1);
  await choices.first().selectOption('wasm');
  assert.deepEqual([...new Set(await chosen())], ['wasm']);
  await choices.first().focus();
  await page.waitForTimeout(1000);
  const hasAdapter = await page.evaluate(async () => {
    const { gpu } = navigator as Navigator & { gpu?: { requestAdapter(): Promise<object | null> } };
    return Boolean(await gpu?.requestAdapter());
  });
  const offered = await choices.first().locator('option').allTextContents();
  assert.equal(offered.includes('webgpu'), hasAdapter, 'webgpu is offered where there is an adapter');
  await choices.first().selectOption('cpu');
}
