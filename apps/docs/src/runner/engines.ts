import { element } from '../controls/element.js';
import type { BrowserEngine } from './protocol.js';

/** The part of WebGPU that finds a device to compute on. */
interface Gpu {
  requestAdapter(): Promise<object | null>;
}

const memory = 'aimle-engine';
const names: readonly BrowserEngine[] = ['wasm', 'webgl', 'webgpu', 'cpu'];

/** Listeners for every choice: all examples of a page run on the same engine. */
const listeners = new Set<(name: BrowserEngine) => void>();
let webgl: boolean | undefined;
let found: Promise<readonly BrowserEngine[]> | undefined;

/**
 * The engines that this browser has, best first. The page asks once, whatever the number of its examples, and only for
 * readers who choose: the browser logs a warning where it has no device for WebGPU.
 */
export function engines(): Promise<readonly BrowserEngine[]> {
  found ??= look();
  return found;
}

function enginesAtOnce(): readonly BrowserEngine[] {
  // Each test for WebGL uses one of the few contexts that a page may have.
  webgl ??= hasWebgl();
  return names.filter((name) => (name === 'webgl' ? webgl : name !== 'webgpu'));
}

/** What the reader chose, here or on another page. */
export function remembered(): string | null {
  try {
    return localStorage.getItem(memory);
  } catch {
    return null;
  }
}

/** Applies the reader's choice to every example, and stores it for the next page. */
export function choose(name: BrowserEngine): void {
  remember(name);
  for (const listener of listeners) listener(name);
}

export function onChoice(listener: (name: BrowserEngine) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Makes the field. WebGPU is offered once a reader looks at it and the browser has confirmed it. */
export function engineChoice() {
  const select = element('select', { onchange: () => choose(select.value as BrowserEngine) });
  const offer = (names: readonly BrowserEngine[], chosen: string | null) => {
    select.replaceChildren(...names.map((name) => new Option(name, name, false, name === chosen)));
  };
  offer(enginesAtOnce(), remembered());
  let isTouched = false;
  const ask = async () => {
    const names = await engines();
    if (names.length === select.options.length) return;
    offer(names, isTouched ? select.value : (names.find((name) => name === remembered()) ?? select.value));
  };
  for (const look of ['pointerenter', 'focus']) select.addEventListener(look, ask, { once: true });
  if (remembered() === 'webgpu') void ask();
  const dispose = onChoice((name) => {
    isTouched = true;
    select.value = name;
  });
  return {
    element: element('label', {}, 'Engine ', select),
    chosen: () => select.value as BrowserEngine,
    dispose,
  };
}

/** Forgets an engine that cannot start, so that the next page uses another. */
export function forget(name: string): void {
  if (remembered() === name) remember(null);
}

async function look(): Promise<readonly BrowserEngine[]> {
  const atOnce = enginesAtOnce();
  const there = (await hasWebgpu())
    ? names.filter((name) => name === 'webgpu' || atOnce.includes(name))
    : atOnce;
  const kept = remembered();
  if (kept !== null && !there.some((name) => name === kept)) forget(kept);
  return there;
}

function remember(name: BrowserEngine | null): void {
  try {
    if (name === null) localStorage.removeItem(memory);
    else localStorage.setItem(memory, name);
  } catch {
    // A browser without storage asks again on the next page.
  }
}

function hasWebgl(): boolean {
  return typeof OffscreenCanvas !== 'undefined' && new OffscreenCanvas(1, 1).getContext('webgl2') !== null;
}

/** A browser may have WebGPU but no device to run it on. */
async function hasWebgpu(): Promise<boolean> {
  try {
    const { gpu } = navigator as Navigator & { gpu?: Gpu };
    return ((await gpu?.requestAdapter()) ?? null) !== null;
  } catch {
    return false;
  }
}
