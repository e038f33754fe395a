import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What can be imported by one name. */
export interface Entry {
  /** As it is imported: `@aimle/solvers/program`. */
  readonly name: string;
  /** The page's file, without its ending: `solvers-program`. */
  readonly page: string;
  readonly source: string;
  /** What TypeDoc calls it. */
  readonly module: string;
  /** What the package is, in its own words. */
  readonly description: string;
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly exports: Readonly<Record<string, string | { readonly '@aimle/source'?: string }>>;
}

/** Every entry of every package that others install. */
export function entriesOf(folder: string): Entry[] {
  return readdirSync(folder).flatMap((packageName) => {
    const manifest = JSON.parse(readFileSync(join(folder, packageName, 'package.json'), 'utf8')) as Manifest;
    if (manifest.private) return [];
    return Object.entries(manifest.exports).flatMap(([path, target]): Entry[] => {
      const source = typeof target === 'string' ? undefined : target['@aimle/source'];
      if (!source) return [];
      const below = path.slice(2);
      return [
        {
          name: [manifest.name, ...(below === '' ? [] : [below])].join('/'),
          page: below === '' ? packageName : `${packageName}-${below}`,
          source: join(folder, packageName, source),
          module: join(packageName, source.slice(2).replace(/(\/index)?\.ts$/, '')),
          description: below === '' ? (manifest.description ?? '') : '',
        },
      ];
    });
  });
}
