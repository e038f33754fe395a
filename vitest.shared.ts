import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** AIMLE_TEST_SCOPE=full, as in CI, also runs what the configuration of a package calls slow, and a second engine. */
const full = process.env['AIMLE_TEST_SCOPE'] === 'full';
/** Whoever names a file wants it to run, slow or not. */
const named = process.argv.some((word) => /\.test(\.ts)?$/.test(word));
const reporters = ['dot'];
const source = { conditions: ['@aimle/source'] };

/** What a package's configuration may say of its suite. */
interface SuiteOptions {
  /** Files in `test/`, without their ending, that take many seconds of processor time: for full scope. */
  readonly slow?: readonly string[];
}

/** Packages read each other's source, so that a test never runs against a stale build. */
function suite({ slow = [] }: SuiteOptions): ViteUserConfig {
  return {
    resolve: source,
    ssr: { resolve: { ...source, externalConditions: ['node', 'import', 'module', 'default'] } },
    test: {
      pool: 'forks',
      // They end what hangs. How long something takes is not tested, and other work may have the processor.
      testTimeout: 600_000,
      hookTimeout: 600_000,
      reporters,
      include: ['test/**/*.test.ts'],
      exclude: full || named ? [] : slow.map((name) => `test/${name}.test.ts`),
      globalSetup: [fileURLToPath(new URL('./vitest.temporary.ts', import.meta.url))],
    },
  };
}

/**
 * The configuration of a package that knows nothing of TensorFlow.js. With `kernels`, the suite runs with them loaded,
 * as suites with an engine do, unless AIMLE_KERNELS=off.
 */
export function plainSuite({
  kernels = false,
  ...options
}: SuiteOptions & { readonly kernels?: boolean } = {}): ViteUserConfig {
  const base = suite(options);
  const setup = ['./vitest.seed.ts', ...(kernels ? ['./vitest.kernels.ts'] : [])];
  const setupFiles = setup.map((name) => fileURLToPath(new URL(name, import.meta.url)));
  return defineConfig({ ...base, test: { ...base.test, setupFiles } });
}

/**
 * The configuration of a package that touches tensors: its whole suite runs once on every engine in AIMLE_TEST_ENGINES
 * (comma separated), each in a process of its own. Without it that is wasm; in full scope cpu, too, but for packages that
 * train whole models: what differs between engines is found below them, and CI runs them on native, too.
 */
export function engineSuite({
  models = false,
  ...options
}: SuiteOptions & { readonly models?: boolean } = {}): ViteUserConfig {
  const base = suite(options);
  const engines = process.env['AIMLE_TEST_ENGINES'] ?? (full && !models ? 'wasm,cpu' : 'wasm');
  return defineConfig({
    ...base,
    test: {
      reporters,
      projects: engines.split(',').map((engine) => ({
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
