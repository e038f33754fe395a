import type { Dataset } from './dataset.js';
import { mnist } from './mnist.js';

/** Nothing to get, nothing to go bad. */
const generatedDigits: Dataset = {
  name: 'digits',
  title: 'digits drawn by our own generator, any number, 28 by 28 grey',
  source: 'digits() of @aimle/datasets; nothing to download',
  status: async () => ({ state: 'generated', files: [] }),
  get: async () => ({ state: 'generated', files: [] }),
  verify: async () => ({ ok: true, files: [] }),
};

/**
 * The data sets there are: `aimle data list`, `get NAME` and `verify NAME` are calls into it. Node only, but for
 * `digits`, which has no files.
 *
 * @example
 * ```ts
 * import { catalogue } from '@aimle/datasets';
 *
 * catalogue.map(({ name }) => name) // => ['mnist', 'digits']
 * ```
 */
export const catalogue: readonly Dataset[] = [mnist, generatedDigits];
