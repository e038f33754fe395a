import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Tarball } from './pack.js';

/** What users get must hold a licence, a page to read, code and its types; and no sources, tests or maps to nowhere. */
export function complaintsAboutContents({ name, contents }: Tarball): string[] {
  const missing = ['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']
    .filter((file) => !contents.includes(file))
    .map((file) => `${name}: ${file} is not in the tarball`);
  const strays = contents
    .filter(
      (file) => !/^(LICENSE|README\.md|CHANGELOG\.md|package\.json|(dist|bin|template)\/.+)$/.test(file),
    )
    .map((file) => `${name}: ${file} is in the tarball, and should not be`);
  return [...missing, ...strays];
}

/** publint's warnings and errors for a tarball, without suggestions. */
export async function complaintsOfPublint({ name, path }: Tarball): Promise<string[]> {
  const { messages, pkg } = await publint({ level: 'warning', pack: { tarball: bytesOf(path) } });
  return messages.map((message) => `${name}: ${formatMessage(message, pkg, { color: false })}`);
}

/** We publish ES modules only, so how CommonJS would resolve them does not matter. */
const ignored: readonly string[] = ['node10', 'node16-cjs'];

/** The report of "are the types wrong" on a tarball, for ES modules. */
export async function complaintsAboutTypes({ name, path }: Tarball): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(bytesOf(path))));
  if (!analysis.types) return [`${name}: the package has no types`];
  return analysis.problems
    .filter((problem) => !('resolutionKind' in problem && ignored.includes(problem.resolutionKind)))
    .map((problem) => `${name}: the types are wrong: ${JSON.stringify(problem)}`);
}

function bytesOf(path: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path)).buffer;
}
