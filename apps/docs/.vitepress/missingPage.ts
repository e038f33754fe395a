import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Adds the page for missing addresses to a built site. A host shows it at any depth, so it needs
 * no file, and looks for the site above itself.
 */
export function addMissingPage(folder: string): void {
  copyFileSync(new URL('missing.html', import.meta.url), join(folder, '404.html'));
}
