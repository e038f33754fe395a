import { beerAdvocate } from './beerAdvocate.js';
import type { Dataset } from './dataset.js';
import { mnist } from './mnist.js';

function generated(name: string, title: string, source: string): Dataset {
  return {
    name,
    title,
    source,
    status: async () => ({ state: 'generated', files: [] }),
    get: async () => ({ state: 'generated', files: [] }),
    verify: async () => ({ ok: true, files: [] }),
  };
}

/**
 * The available data sets; `aimle data list`, `get NAME` and `verify NAME` use it. Node only, except for generated data
 * sets, which have no files.
 *
 * @example
 * ```ts
 * import { catalogue } from '@aimle/datasets';
 *
 * catalogue.map(({ name }) => name) // => ['mnist', 'digits', 'beer-advocate', 'reviews-synthetic', 'terrain']
 * ```
 */
export const catalogue: readonly Dataset[] = [
  mnist,
  generated(
    'digits',
    'digits drawn by our own generator, any number, 28 by 28 grey',
    'digits() of @aimle/datasets; nothing to download',
  ),
  beerAdvocate,
  generated(
    'reviews-synthetic',
    'reviews of coffee by our own generator, any number, with the words that carry each rating',
    'syntheticReviews() of @aimle/datasets; nothing to download',
  ),
  generated(
    'terrain',
    'maps of terrain by our own generator, any number and size, drawn as pictures, with the cost of each cell',
    'generateTerrain() of @aimle/datasets; nothing to download',
  ),
];
