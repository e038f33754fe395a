import { chromium } from 'playwright';
import { findChromium } from '../chromium.js';

const software = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const vulkan = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  // It treats slow software rendering as a hanging device, and the device is lost.
  '--disable-gpu-watchdog',
];

/** How Chromium is started, so that an engine runs in software. */
export function flagsFor(engine: string): string[] {
  return engine === 'webgpu' ? [...software, ...vulkan] : software;
}

/** The engines that AIMLE_BROWSER_ENGINES names; else webgl, and webgpu where Chromium finds an adapter, by software Vulkan. */
export async function enginesUnderTest(): Promise<string[]> {
  const named = process.env['AIMLE_BROWSER_ENGINES'];
  if (named) return named.split(',');
  if (await hasAdapter()) return ['webgl', 'webgpu'];
  process.stdout.write(
    'webgpu: not tested, for Chromium finds no adapter here, not even by software Vulkan\n',
  );
  return ['webgl'];
}

async function hasAdapter(): Promise<boolean> {
  const browser = await chromium
    .launch({ executablePath: findChromium(), args: flagsFor('webgpu') })
    .catch(() => null);
  if (browser === null) return false;
  try {
    const page = await browser.newPage();
    // WebGPU is for secure pages only, and an empty one does.
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await page.goto('https://localhost/');
    return await page.evaluate(async () => {
      const { navigator } = globalThis as {
        navigator?: { gpu?: { requestAdapter(): Promise<object | null> } };
      };
      return ((await navigator?.gpu?.requestAdapter()) ?? null) !== null;
    });
  } finally {
    await browser.close();
  }
}
