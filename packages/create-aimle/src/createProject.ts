import { cpSync, existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A project that was made. */
export interface Project {
  /** Its absolute path. */
  readonly folder: string;
  /** The name in its package.json. */
  readonly name: string;
}

const template = fileURLToPath(new URL('../template', import.meta.url));

/**
 * Makes a project in a folder: a Node script and a page for Vite, which train the same discrete layer. Installs nothing.
 *
 * @param path - the folder; it must not exist yet, or be empty.
 * @throws Error when there is something in the folder, or no package can have its name.
 * @example
 * ```ts
 * import { mkdtempSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { createProject } from 'create-aimle';
 *
 * const { name } = createProject(join(mkdtempSync(join(tmpdir(), 'aimle-')), 'my-choice'));
 * name; // => 'my-choice'
 * ```
 */
export function createProject(path: string): Project {
  const folder = resolve(path);
  const name = packageName(basename(folder));
  if (name === '') {
    throw new Error(
      `create-aimle: the folder's name must contain a letter or digit, got ${path}; name another`,
    );
  }
  if (refusedByNpm.has(name)) {
    throw new Error(`create-aimle: no package can have the name ${name}, got ${path}; name another folder`);
  }
  if (existsSync(folder) && !(statSync(folder).isDirectory() && readdirSync(folder).length === 0)) {
    throw new Error(`create-aimle: the folder must be new or empty, got ${path}; name another, or empty it`);
  }
  cpSync(template, folder, { recursive: true });
  // npm leaves files of this name out of packages.
  renameSync(join(folder, 'gitignore'), join(folder, '.gitignore'));
  const manifest = join(folder, 'package.json');
  const settings = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies: object };
  const dependencies = { aimle: `^${ownVersion()}`, ...settings.dependencies };
  writeFileSync(manifest, `${JSON.stringify({ name, ...settings, dependencies }, null, 2)}\n`);
  return { folder, name };
}

/** All packages of this repository have the same version. */
function ownVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

const refusedByNpm = new Set(['node_modules', 'favicon.ico']);

/** The nearest name that npm takes. */
function packageName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9~_.-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '');
}
