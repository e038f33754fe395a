import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const source = { conditions: ['@aimle/source'] };

/** Packages read each other's source, so that a test never runs against a stale build. */
const base: ViteUserConfig = {
  resolve: source,
  ssr: { resolve: { ...source, externalConditions: ['node', 'import', 'module', 'default'] } },
  test: {
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['test/**/*.test.ts'],
    globalSetup: [fileURLToPath(new URL('./vitest.temporary.ts', import.meta.url))],
  },
};

/** The configuration of a package that knows nothing of TensorFlow.js. */
export function plainSuite(): ViteUserConfig {
  const seed = fileURLToPath(new URL('./vitest.seed.ts', import.meta.url));
  return defineConfig({ ...base, test: { ...base.test, setupFiles: [seed] } });
}

/**
 * The configuration of a package that touches tensors: its whole suite runs once on every engine in
 * AIMLE_TEST_ENGINES (comma separated), each in a process of its own. Those that train whole models take wasm alone unless
 * they are told otherwise: what differs between engines is found below them, and the gates run them on native, too.
 */
export function engineSuite(byDefault = 'wasm,cpu'): ViteUserConfig {
  const engines = (process.env['AIMLE_TEST_ENGINES'] ?? byDefault).split(',');
  return defineConfig({
    ...base,
    test: {
      projects: engines.map((engine) => ({
        ...base,
        test: {
          ...base.test,
          name: engine,
          env: { AIMLE_ENGINE: engine },
          setupFiles: ['./test/engine.setup.ts'],
        },
      })),
    },
  });
}
