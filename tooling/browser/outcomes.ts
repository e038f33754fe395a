import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { chromium, type Route } from 'playwright';
import { findChromium } from './chromium.js';
import type { Outcome } from './pages/attempts.js';

const longest = 120_000;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};
// Without these two headers a page has no shared memory, and so no threads.
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/**
 * Opens a bundle in Chromium and waits for what its page posts. `wasm` is the folder of the engine's .wasm files.
 *
 * @throws when the page reports nothing, or Chromium exits first.
 */
export async function outcomesInChromium(bundle: string, wasm: string): Promise<Outcome[]> {
  const answer = async (route: Route): Promise<void> => {
    const { pathname } = new URL(route.request().url());
    const path = pathname === '/' ? '/index.html' : pathname;
    const file = path.startsWith('/wasm/') ? join(wasm, path.slice('/wasm/'.length)) : join(bundle, path);
    try {
      const headers = { ...isolation, 'content-type': types[extname(file)] ?? 'text/html' };
      await route.fulfill({ body: readFileSync(file), headers });
    } catch {
      await route.fulfill({ status: 404 });
    }
  };
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--enable-unsafe-swiftshader'];
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  try {
    const page = await browser.newPage();
    await page.route('**/*', answer);
    const posted = page.waitForRequest((request) => request.method() === 'POST', { timeout: longest });
    await Promise.all([posted, page.goto('https://localhost/')]);
    return (await posted).postDataJSON() as Outcome[];
  } finally {
    await browser.close();
  }
}
