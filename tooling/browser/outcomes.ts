import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { findChromium } from './chromium.js';
import type { Outcome } from './pages/attempts.js';

const longest = 120_000;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Serves the bundle and the engine's .wasm files, and hands over what the page posts. */
function serve(bundle: string, wasm: string, received: (outcomes: Outcome[]) => void): Server {
  return createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (request.method === 'POST') {
      const parts: Uint8Array[] = [];
      for await (const part of request) parts.push(part as Uint8Array);
      response.end();
      received(JSON.parse(Buffer.concat(parts).toString()) as Outcome[]);
      return;
    }
    try {
      const file = path.startsWith('/wasm/') ? join(wasm, path.slice('/wasm/'.length)) : join(bundle, path);
      const body = readFileSync(path === '/' ? join(bundle, 'index.html') : file);
      // Without these two headers a page has no shared memory, and so no threads.
      response.setHeader('cross-origin-opener-policy', 'same-origin');
      response.setHeader('cross-origin-embedder-policy', 'require-corp');
      response.setHeader('content-type', types[extname(file)] ?? 'text/html');
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
}

/**
 * Opens a bundle in Chromium and waits for what its page posts. `wasm` is the folder of the engine's .wasm files.
 *
 * @throws when the page reports nothing, or Chromium exits first.
 */
export async function outcomesInChromium(bundle: string, wasm: string): Promise<Outcome[]> {
  const profileFolder = mkdtempSync(join(tmpdir(), 'aimle-chromium-'));
  let received: (outcomes: Outcome[]) => void = () => {};
  const outcomes = new Promise<Outcome[]>((resolve) => {
    received = resolve;
  });
  const server = serve(bundle, wasm, (posted) => received(posted)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const flags = ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--enable-unsafe-swiftshader'];
  const profile = `--user-data-dir=${profileFolder}`;
  const browser = spawn(findChromium(), [...flags, profile, `http://127.0.0.1:${port}/`], {
    stdio: 'ignore',
  });
  const exited = once(browser, 'exit');
  const waiting = new AbortController();
  try {
    const silence = setTimeout(longest, undefined, { signal: waiting.signal }).then(() => {
      throw new Error(`the page said nothing for ${longest / 1000} s`);
    });
    const crash = exited.then(([code]) => {
      throw new Error(`Chromium ended with exit code ${code} before the page was done`);
    });
    return await Promise.race([outcomes, silence, crash]);
  } finally {
    waiting.abort();
    browser.kill();
    await exited;
    server.close();
    await removeOnceStill(profileFolder);
  }
}

/** Chromium writes to its profile until it is gone, and its other processes a little longer. */
async function removeOnceStill(folder: string): Promise<void> {
  for (let attemptsLeft = 20; ; attemptsLeft--) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attemptsLeft === 0) throw error;
      await setTimeout(100);
    }
  }
}
