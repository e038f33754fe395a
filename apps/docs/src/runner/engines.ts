import type { BrowserEngine } from './protocol.js';

const memory = 'aimle-engine';
const names: readonly BrowserEngine[] = ['webgl', 'wasm', 'webgpu', 'cpu'];

/** The engines that this browser has, the default one first unless the reader has chosen another. */
export function engines(): { readonly names: readonly BrowserEngine[]; readonly chosen: BrowserEngine } {
  const there = names.filter((name) =>
    name === 'webgl' ? hasWebgl() : name !== 'webgpu' || 'gpu' in navigator,
  );
  const remembered = there.find((name) => name === remember());
  return { names: there, chosen: remembered ?? (there[0] as BrowserEngine) };
}

/** Keeps the reader's choice for the next example. */
export function choose(name: BrowserEngine): void {
  try {
    localStorage.setItem(memory, name);
  } catch {
    // A browser that keeps nothing asks again on the next page.
  }
}

function remember(): string | null {
  try {
    return localStorage.getItem(memory);
  } catch {
    return null;
  }
}

function hasWebgl(): boolean {
  return typeof OffscreenCanvas !== 'undefined' && new OffscreenCanvas(1, 1).getContext('webgl2') !== null;
}
