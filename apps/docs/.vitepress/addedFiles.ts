import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
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
    .filter((name) => /\.(js|wasm)$/.test(name) && !/\.md\.|-threaded-|backend-webgpu/.test(name))
    .map((name) => `assets/${name.replaceAll('\\', '/')}`);
  writeFileSync(join(folder, 'offline.json'), `${JSON.stringify(kept)}\n`);
}
