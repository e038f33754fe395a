import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts the page for addresses that are not there into a built site. A host shows it at any depth, so it is one that needs
 * no file, and looks for the site above itself.
 */
export function addMissingPage(folder: string): void {
  copyFileSync(new URL('missing.html', import.meta.url), join(folder, '404.html'));
}
