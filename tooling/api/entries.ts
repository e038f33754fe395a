import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One place that users import from. */
export interface Entry {
  /** The folder of its package. */
  readonly package: string;
  /** The file of its declarations, as built. */
  readonly declarations: string;
  /** The name of its report: of @aimle/solvers/threads, solvers.threads.api.md. */
  readonly report: string;
}

interface Manifest {
  readonly private?: boolean;
  readonly publishConfig?: {
    readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
  };
}

/** Every entry of every public package. */
export function publicEntries(root: string): Entry[] {
  const folders = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => ({ name, folder: join(root, parent, name) })),
  );
  return folders.flatMap(({ name, folder }) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    if (manifest.private) return [];
    return Object.entries(manifest.publishConfig?.exports ?? {}).flatMap(([path, target]) => {
      // Such as ./package.json.
      if (typeof target === 'string') return [];
      const report = `${name}${path.slice(1).replaceAll('/', '.')}.api.md`;
      return { package: folder, declarations: join(folder, target.types), report };
    });
  });
}
