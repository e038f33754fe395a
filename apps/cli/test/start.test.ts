import { beforeEach, describe, expect, it, vi } from 'vitest';

const loaded: string[] = [];

/** Notes that a package was loaded, and passes it on. */
function noted(name: string) {
  vi.doMock(name, async (original: () => Promise<object>) => {
    loaded.push(name);
    return { ...(await original()) };
  });
}

describe('the start', () => {
  beforeEach(() => {
    loaded.length = 0;
    vi.resetModules();
    for (const name of ['zod', '@aimle/engine', '@aimle/training/settings']) noted(name);
  });

  const loadedBy = async (...argv: string[]): Promise<string[]> => {
    const { inProcess } = await import('./inProcess.js');
    expect((await inProcess(argv)).code).toBe(0);
    return [...loaded].sort();
  };

  it.each([[[]], [['--help']], [['help']], [['--version']]])('of %j loads no command', async (argv) => {
    expect(await loadedBy(...argv)).toEqual([]);
  });

  it("of a command's help loads that command, and no engine", async () => {
    expect(await loadedBy('train', 'dvae', '--help')).toEqual(['@aimle/training/settings', 'zod']);
    loaded.length = 0;
    vi.resetModules();
    expect(await loadedBy('doctor', '--help')).toEqual([]);
  });
});
