import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from '../chromium.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const engines = (process.env['AIMLE_BROWSER_ENGINES'] ?? 'webgl').split(',');
/** Files about Node: examples that are read from disk, and which engine Node takes. */
const ofNode = ['examples', 'native*', 'browser', 'useEngine', 'audit', 'webgpu'];

/** The suites of the engine and of the estimators in Chromium, once on every engine asked for. */
export default defineConfig({
  root,
  resolve: { conditions: ['@aimle/source', 'module', 'browser'] },
  test: {
    testTimeout: 60_000,
    projects: engines.map((engine) => ({
      extends: true as const,
      test: {
        name: engine,
        include: ['packages/{engine,estimators}/test/*.test.ts'],
        exclude: ofNode.map((name) => `**/${name}.test.ts`),
        env: { VITE_ENGINE: engine, AIMLE_ENGINE: engine },
        setupFiles: [fileURLToPath(new URL('./engine.setup.ts', import.meta.url))],
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider: playwright({
            launchOptions: {
              executablePath: findChromium(),
              args: [
                '--no-sandbox',
                '--use-gl=angle',
                '--use-angle=swiftshader',
                '--enable-unsafe-swiftshader',
                ...(engine === 'webgpu'
                  ? [
                      '--enable-unsafe-webgpu',
                      '--use-webgpu-adapter=swiftshader',
                      '--enable-features=Vulkan',
                      '--use-vulkan=swiftshader',
                    ]
                  : []),
              ],
            },
          }),
          instances: [{ browser: 'chromium' as const }],
        },
      },
    })),
  },
});
