import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that users can install: its folder, and what its package.json says. */
export interface PublicPackage {
  readonly folder: string;
  readonly name: string;
  readonly publishConfig: {
    readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
  };
}

/** Lists the packages under packages/ and apps/ that are not private. */
export function publicPackages(root: string): PublicPackage[] {
  return foldersOfPackages(root).flatMap((folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return manifest.private ? [] : [{ ...manifest, folder }];
  });
}

export function foldersOfPackages(root: string): string[] {
  return ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(root, parent, name)),
  );
}
