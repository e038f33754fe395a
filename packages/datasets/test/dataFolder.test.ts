import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dataFolder } from '../src/index.js';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

function on(platform: NodeJS.Platform, env: Record<string, string>): string {
  for (const name of ['AIMLE_DATA', 'XDG_CACHE_HOME', 'LOCALAPPDATA']) vi.stubEnv(name, env[name]);
  vi.stubGlobal('process', Object.create(process, { platform: { value: platform } }));
  return dataFolder();
}

describe('the data folder', () => {
  it('is AIMLE_DATA, made absolute, when that is set', () => {
    expect(on('linux', { AIMLE_DATA: 'some/data', XDG_CACHE_HOME: '/c' })).toBe(resolve('some/data'));
  });

  it("is in the user's cache folder otherwise, as each platform has it", () => {
    expect(on('linux', { XDG_CACHE_HOME: '/caches' })).toBe(join('/caches', 'aimle'));
    expect(on('linux', { XDG_CACHE_HOME: '', AIMLE_DATA: '' })).toBe(join(homedir(), '.cache', 'aimle'));
    expect(on('darwin', { XDG_CACHE_HOME: '/caches' })).toBe(join(homedir(), 'Library', 'Caches', 'aimle'));
    expect(on('win32', { LOCALAPPDATA: '/local' })).toBe(join('/local', 'aimle'));
  });

  it('is an error in a browser', () => {
    vi.stubGlobal('process', undefined);
    expect(() => dataFolder()).toThrow(/^dataFolder: .*needs Node.*digits\(\)/);
  });
});
