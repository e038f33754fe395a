import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lists what any page may come to need without a network: examples, their engines, the editor, the playgrounds, the search.
 * Pages themselves are kept as they are read.
 */
export function listForOffline(folder: string): void {
  const files = readdirSync(join(folder, 'assets'), { recursive: true, encoding: 'utf8' });
  const kept = files.filter(
    (name) => /\.(js|wasm)$/.test(name) && !/\.md\.|-threaded-|backend-webgpu/.test(name),
  );
  writeFileSync(
    join(folder, 'offline.json'),
    `${JSON.stringify(kept.map((name) => `assets/${name.replaceAll('\\', '/')}`))}\n`,
  );
}
