import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Adds the page for missing addresses to a built site. A host shows it at any depth, so it needs
 * no file, and looks for the site above itself.
 */
export function addMissingPage(folder: string): void {
  copyFileSync(new URL('missing.html', import.meta.url), join(folder, '404.html'));
}

/**
 * Lists what any page may come to need without a network: examples, their engines, the editor, the playgrounds, the search.
 * Pages themselves are kept as they are read.
 */
export function listForOffline(folder: string): void {
  const kept = readdirSync(join(folder, 'assets'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|wasm|woff2)$/.test(name) && !/\.md\.|-threaded-|backend-webgpu/.test(name))
    .map((name) => `assets/${name.replaceAll('\\', '/')}`);
  writeFileSync(join(folder, 'offline.json'), `${JSON.stringify(kept)}\n`);
}

/**
 * Writes the content security policy that a host may send with every file of the site. Engines compile WebAssembly, an
 * example is a module at a `blob:` address, threads of the wasm engine are workers at such addresses, and colours of code and
 * drawings are styles of their elements. Scripts in pages are named by their hashes.
 */
export function writePolicy(folder: string): void {
  const hashes = new Set<string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.html')) continue;
    for (const [, code = ''] of readFileSync(join(folder, name), 'utf8').matchAll(inlineScript))
      hashes.add(`'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  }
  const policy = [
    "default-src 'self'",
    `script-src 'self' blob: 'wasm-unsafe-eval' ${[...hashes].sort().join(' ')}`,
    "worker-src 'self' blob:",
    "connect-src 'self' blob: data:",
    "img-src 'self' blob: data:",
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
  ];
  writeFileSync(join(folder, 'content-security-policy.txt'), `${policy.join('; ')}\n`);
}

const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
