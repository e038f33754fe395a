import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { command } from '../../packed/command.js';
import {
  complaintsAboutContents,
  complaintsAboutTypes,
  complaintsOfPublint,
} from '../../packed/complaints.js';
import type { Tarball } from '../../packed/pack.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aimle-complaints-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const good = {
  'package.json': JSON.stringify({
    name: '@aimle/good',
    version: '1.0.0',
    type: 'module',
    license: 'MIT',
    files: ['dist'],
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  }),
  LICENSE: 'MIT',
  'README.md': '# @aimle/good',
  'dist/index.js': 'export const one = 1;\n',
  'dist/index.d.ts': 'export declare const one: 1;\n',
};

function tarballOf(files: Record<string, string>): Tarball {
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, 'package', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const path = join(folder, 'packed.tgz');
  command(['tar', '-czf', path, 'package'], { folder });
  return { name: '@aimle/good', path, contents: Object.keys(files) };
}

test('a good tarball has nothing to complain about', async () => {
  const tarball = tarballOf(good);
  expect(complaintsAboutContents(tarball)).toEqual([]);
  expect(await complaintsOfPublint(tarball)).toEqual([]);
  expect(await complaintsAboutTypes(tarball)).toEqual([]);
});

test('a missing licence and a stray source are found', () => {
  const { LICENSE, ...rest } = good;
  expect(complaintsAboutContents(tarballOf({ ...rest, 'src/index.ts': LICENSE }))).toEqual([
    '@aimle/good: LICENSE is not in the tarball',
    '@aimle/good: src/index.ts is in the tarball, and should not be',
  ]);
});

test('an entry that points at a file outside the tarball is found', async () => {
  const { 'dist/index.js': _, ...rest } = good;
  expect((await complaintsOfPublint(tarballOf(rest)))[0]).toContain('./dist/index.js');
});

test('types that promise CommonJS for an ES module are found', async () => {
  const manifest = JSON.parse(good['package.json']);
  manifest.exports['.'] = { types: './dist/index.d.cts', default: './dist/index.js' };
  const { 'dist/index.d.ts': types, ...rest } = good;
  const files = { ...rest, 'package.json': JSON.stringify(manifest), 'dist/index.d.cts': types };
  expect((await complaintsAboutTypes(tarballOf(files)))[0]).toContain('the types are wrong');
});

test('a package without types is found', async () => {
  const { 'dist/index.d.ts': _, ...rest } = good;
  const manifest = JSON.parse(good['package.json']);
  manifest.exports['.'] = './dist/index.js';
  const tarball = tarballOf({ ...rest, 'package.json': JSON.stringify(manifest) });
  expect((await complaintsAboutTypes(tarball)).length).toBeGreaterThan(0);
});

test('a warning of publint counts: CommonJS code where an ES module is promised', async () => {
  const tarball = tarballOf({ ...good, 'dist/index.js': 'exports.one = 1;\n' });
  expect((await complaintsOfPublint(tarball))[0]).toContain('CJS');
});

test('a second entry without types is found, though the first has them', async () => {
  const manifest = JSON.parse(good['package.json']);
  manifest.exports['./other'] = './dist/other.js';
  const files = { ...good, 'package.json': JSON.stringify(manifest), 'dist/other.js': good['dist/index.js'] };
  const complaints = await complaintsAboutTypes(tarballOf(files));
  expect(complaints.join('\n')).toContain('UntypedResolution');
  expect(complaints.join('\n')).not.toContain('node10');
});
