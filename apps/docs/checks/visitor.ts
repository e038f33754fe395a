import { spawnSync } from 'node:child_process';
import { type Browser, type ConsoleMessage, chromium, type Page } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** The windows of a large screen, of a laptop and of a small phone. */
export const desk = { width: 1440, height: 900 };
export const wide = { width: 1280, height: 860 };
export const narrow = { width: 360, height: 740 };

/** Chromium with WebGL in software. Its path is found, or named in CHROMIUM. */
export function openBrowser(): Promise<Browser> {
  const names = [process.env['CHROMIUM'], 'chromium', 'chromium-browser', 'google-chrome'];
  const found = names.find((name) => name && spawnSync('sh', ['-c', `command -v "${name}"`]).status === 0);
  if (!found) throw new Error('no Chromium found; install one, or name it in CHROMIUM');
  const executablePath = spawnSync('sh', ['-c', `command -v "${found}"`], { encoding: 'utf8' }).stdout.trim();
  return chromium.launch({ executablePath, args: flags });
}

/** Opens a page, and records everything that it does and should not do. */
export async function visit(browser: Browser) {
  const page = await browser.newPage({ viewport: wide, serviceWorkers: 'block' });
  const complaints: string[] = [];
  const blame = (what: string) => complaints.push(`${new URL(page.url()).pathname}: ${what}`);
  page.on('console', (message) => {
    if (message.type() === 'error') blame(`console error: ${message.text()}`);
  });
  page.on('pageerror', ({ message, stack = '' }) => {
    if (movedAGoneMarker(message, stack)) return;
    const [, place = ''] = /\n\s*(at .*)/.exec(stack) ?? [];
    blame(`error: ${message} ${place}`);
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') blame(`asks ${hostname}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) blame(`${response.status()} for ${new URL(response.url()).pathname}`);
  });
  return { page, complaints };
}

/** What the page does, and whether the browser logged meanwhile that it has no device for WebGPU: only choosing an engine may ask. */
export async function withoutAskingForWebgpu(page: Page, work: () => Promise<string[]>): Promise<string[]> {
  const asked: string[] = [];
  const listen = (message: ConsoleMessage) => {
    if (message.text().includes('No available adapters')) asked.push('asks for WebGPU before a reader does');
  };
  page.on('console', listen);
  const found = await work();
  page.off('console', listen);
  return [...found, ...asked];
}

/**
 * VitePress 1.6 moves the marker of a page's outline some time after a scroll, also when the outline has gone by then. No
 * element of ours in its chunk can be null.
 */
function movedAGoneMarker(message: string, stack: string): boolean {
  return message === "Cannot read properties of null (reading 'style')" && /chunks\/theme\./.test(stack);
}
