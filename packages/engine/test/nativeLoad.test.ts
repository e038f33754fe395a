import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nativeFolder, nativeLayout } from '../src/native/installation.js';
import { loadNative } from '../src/native/load.js';
import { restoreLegacyUtil } from '../src/native/shims.js';

// If the suite itself runs on native, the engine is already loaded, and is not loaded twice.
const isLoaded = tf.findBackendFactory('tensorflow') !== null;
const environment = { ...process.env };
let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'aimle-native-'));
  process.env.AIMLE_NATIVE = base;
});
afterEach(async () => {
  process.env = { ...environment };
  await rm(base, { recursive: true });
});

/** An installation whose addon is none. */
async function installed(): Promise<string> {
  const { folder, addon, manifest } = nativeLayout();
  await mkdir(dirname(addon), { recursive: true });
  await writeFile(addon, 'no addon');
  const files = [{ path: 'lib/napi-v8/tfjs_binding.node', bytes: 8, sha256: '' }];
  const facts = { format: 1, tensorflow: '2.15.1', source: 'a test', installedAt: '2026-01-01T00:00:00Z' };
  await writeFile(manifest, JSON.stringify({ ...facts, files }));
  return folder;
}

describe('loading the native engine', () => {
  test.skipIf(isLoaded)('where nothing is installed says so, with the folder', async () => {
    await expect(loadNative(tf)).rejects.toThrow(`native: nothing is installed in ${base}`);
  });

  test.skipIf(isLoaded)('from a damaged installation says which file', async () => {
    const folder = await installed();
    await writeFile(join(folder, 'lib/napi-v8/tfjs_binding.node'), 'cut');
    await expect(loadNative(tf)).rejects.toThrow(
      `the installation in ${folder} is damaged (lib/napi-v8/tfjs_binding.node has 3 bytes instead of 8)`,
    );
  });

  test.skipIf(isLoaded)('with a broken addon says that it does not load, and registers nothing', async () => {
    const folder = await installed();
    await expect(loadNative(tf)).rejects.toThrow(`native: the installation in ${folder} does not load: `);
    expect(tf.findBackendFactory('tensorflow')).toBeNull();
  });

  test.each(['0', '1.5', 'many'])('with AIMLE_THREADS=%s is refused', async (threads) => {
    process.env.AIMLE_THREADS = threads;
    await expect(loadNative(tf)).rejects.toThrow(
      `native: AIMLE_THREADS must be a whole number of at least 1, got ${threads}`,
    );
  });
});

describe('the cache folder', () => {
  test('is AIMLE_NATIVE, else in XDG_CACHE_HOME, else in the home folder', () => {
    expect(nativeFolder()).toBe(base);
    delete process.env.AIMLE_NATIVE;
    process.env.XDG_CACHE_HOME = '/somewhere';
    expect(nativeFolder()).toBe('/somewhere/aimle/native');
    delete process.env.XDG_CACHE_HOME;
    expect(nativeFolder().startsWith(homedir())).toBe(true);
  });
});

test('node:util has its two removed functions back', () => {
  restoreLegacyUtil();
  const { isArray, isNullOrUndefined } = util as unknown as Record<string, (value: unknown) => boolean>;
  expect([[], {}, undefined].map((value) => isArray?.(value))).toEqual([true, false, false]);
  expect([null, undefined, 0, ''].map((value) => isNullOrUndefined?.(value))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
