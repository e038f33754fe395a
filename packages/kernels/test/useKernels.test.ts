import { afterEach, describe, expect, test, vi } from 'vitest';

/** The package as a process loads it for the first time. */
async function fresh() {
  vi.resetModules();
  return import('../src/index.js');
}

const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: { readonly Memory: unknown; instantiate(): unknown };
};

/** A host whose WebAssembly is this. */
const host = (WebAssembly: unknown) => vi.stubGlobal('WebAssembly', WebAssembly);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

describe('useKernels', () => {
  test('loads the kernels once, and goes back to TypeScript on request', async () => {
    vi.stubEnv('AIMLE_KERNELS', '');
    const { kernels, useKernels } = await fresh();
    const instantiate = vi.spyOn(webAssembly, 'instantiate');
    expect(kernels()).toBeNull();
    expect(await Promise.all([useKernels(), useKernels()])).toEqual([true, true]);
    const loaded = kernels();
    expect(loaded).not.toBeNull();
    expect(await useKernels(false)).toBe(false);
    expect(kernels()).toBeNull();
    expect(await useKernels()).toBe(true);
    expect(kernels()).toBe(loaded);
    // The kernels, and the products beside them.
    expect(instantiate).toHaveBeenCalledTimes(2);
    instantiate.mockRestore();
  });

  test('leaves the TypeScript where there is no WebAssembly', async () => {
    host(undefined);
    const { kernels, useKernels } = await fresh();
    expect(await useKernels()).toBe(false);
    expect(kernels()).toBeNull();
  });

  test('leaves the TypeScript where a policy or a missing SIMD forbids compilation', async () => {
    const instantiate = vi.fn().mockRejectedValue(new Error('unsafe-eval is not allowed'));
    host({ Memory: webAssembly.Memory, instantiate });
    vi.stubEnv('AIMLE_KERNELS', '');
    const { kernels, useKernels } = await fresh();
    expect(await useKernels()).toBe(false);
    expect(kernels()).toBeNull();
    expect(instantiate).toHaveBeenCalledTimes(1);
  });

  test('leaves the TypeScript where the environment says so', async () => {
    vi.stubEnv('AIMLE_KERNELS', 'off');
    const { kernels, useKernels } = await fresh();
    expect(await useKernels()).toBe(false);
    expect(kernels()).toBeNull();
  });
});
