import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from '../chromium.js';
import { enginesUnderTest, flagsFor } from './engines.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Files about Node: examples that are read from disk, which engine Node takes, and a process without TensorFlow.js. */
const ofNode = ['examples', 'native*', 'browser', 'useEngine', 'audit', 'webgpu', 'withoutTensorFlow'];

/** Averages of thousands of operations, a minute each on webgpu in software, where they run only if it is asked for. */
const averages = ['agreement', 'expectation', 'perturbed', 'curvature'];
const isAskedFor = Boolean(process.env['AIMLE_BROWSER_ENGINES']);

/** The suites of the engine and of the estimators in Chromium, once on every engine under test. */
export default defineConfig(async () => ({
  root,
  resolve: { conditions: ['@aimle/source', 'module', 'browser'] },
  // Pages are cross-origin isolated, so that kernels have threads.
  server: {
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    },
  },
  test: {
    testTimeout: 600_000,
    projects: (await enginesUnderTest()).map((engine) => ({
      extends: true as const,
      test: {
        name: engine,
        include: ['packages/{engine,estimators}/test/*.test.ts'],
        benchmark: { include: ['packages/engine/bench/*.bench.ts'] },
        exclude: [...ofNode, ...(engine === 'webgpu' && !isAskedFor ? averages : [])].map(
          (name) => `**/${name}.test.ts`,
        ),
        env: { VITE_ENGINE: engine, AIMLE_ENGINE: engine },
        setupFiles: [fileURLToPath(new URL('./engine.setup.ts', import.meta.url))],
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider: playwright({
            launchOptions: { executablePath: findChromium(), args: flagsFor(engine) },
          }),
          instances: [{ browser: 'chromium' as const }],
        },
      },
    })),
  },
}));
