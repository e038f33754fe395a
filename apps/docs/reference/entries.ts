import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What can be imported by one name. */
export interface Entry {
  /** As it is imported: `@aimle/solvers/program`. */
  readonly name: string;
  /** The page's file, without its ending: `solvers-program`. */
  readonly page: string;
  /** The file that exports it. */
  readonly source: string;
  /** Where TypeDoc writes its page. */
  readonly raw: string;
  /** What the package is, in its own words. */
  readonly description: string;
}

/** In the order in which they stand on one another. */
const packages = [
  'random',
  'solvers',
  'distributions',
  'engine',
  'estimators',
  'datasets',
  'gradient-study',
  'training',
  'report',
  'discrete-vae',
  'learning-to-explain',
  'neural-relational-inference',
  'shortest-paths',
];

interface Manifest {
  readonly description?: string;
  readonly exports: Readonly<Record<string, string | { readonly '@aimle/source'?: string }>>;
}

/** Every entry of every package that others install. */
export function entriesOf(folder: string): Entry[] {
  return packages.flatMap((room) => {
    const manifest = JSON.parse(readFileSync(join(folder, room, 'package.json'), 'utf8')) as Manifest;
    return Object.entries(manifest.exports).flatMap(([path, target]): Entry[] => {
      const source = typeof target === 'string' ? undefined : target['@aimle/source'];
      if (!source) return [];
      const below = path.slice(2);
      return [
        {
          name: ['@aimle', room, ...(below === '' ? [] : [below])].join('/'),
          page: below === '' ? room : `${room}-${below}`,
          source: join(folder, room, source),
          raw: join(room, `${source.slice(2).replace(/(\/index)?\.ts$/, '')}.md`),
          description: below === '' ? (manifest.description ?? '') : '',
        },
      ];
    });
  });
}
