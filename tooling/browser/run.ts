import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Outcome } from './page.js';

/** Bundles the built packages as a user's bundler would, and has them train and solve in Chromium. */
const here = fileURLToPath(new URL('.', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'aimle-browser-'));
const bundle = join(temporary, 'bundle');
const wasm = dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')));
const longest = 120_000;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

function findChromium(): string {
  const names = [process.env['CHROMIUM'], 'chromium', 'chromium-browser', 'google-chrome'];
  const found = names.find(
    (name) => name && spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
  );
  if (!found) throw new Error('no Chromium found; install one, or name it in CHROMIUM');
  return found;
}

/** Serves the bundle and the engine's .wasm files, and hands over what the page posts. */
function serve(received: (outcomes: Outcome[]) => void): Server {
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
      // Without these two no page has shared memory, and so no threads.
      response.setHeader('cross-origin-opener-policy', 'same-origin');
      response.setHeader('cross-origin-embedder-policy', 'require-corp');
      response.setHeader('content-type', types[extname(file)] ?? 'text/html');
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
}

async function outcomesInChromium(): Promise<Outcome[]> {
  let received: (outcomes: Outcome[]) => void = () => {};
  const outcomes = new Promise<Outcome[]>((resolve) => {
    received = resolve;
  });
  const server = serve((posted) => received(posted)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const flags = ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--enable-unsafe-swiftshader'];
  const profile = `--user-data-dir=${join(temporary, 'profile')}`;
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
    // It writes to its profile until it is gone, and the profile is removed next.
    await exited;
    server.close();
  }
}

let outcomes: Outcome[] = [];
try {
  await build({ root: here, logLevel: 'error', build: { outDir: bundle, target: 'es2022' } });
  outcomes = await outcomesInChromium();
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
for (const outcome of outcomes) {
  const [verdict, detail] = 'error' in outcome ? ['FAIL', outcome.error] : ['PASS', outcome.found];
  process.stdout.write(`${verdict} Chromium, ${outcome.title}: ${detail}\n`);
}
const failed = outcomes.filter((outcome) => 'error' in outcome).length;
process.stdout.write(`${outcomes.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && outcomes.length > 0 ? 0 : 1;
