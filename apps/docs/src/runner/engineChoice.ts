import { choose, engines, enginesAtOnce, onChoice, remembered } from './engines.js';
import type { BrowserEngine } from './protocol.js';

/** The field where a reader chooses an engine, in sync with those of the other examples. */
export interface EngineChoice {
  readonly element: HTMLElement;
  chosen(): BrowserEngine;
  dispose(): void;
}

/** Makes the field. WebGPU is added once the browser has confirmed it. */
export function engineChoice(): EngineChoice {
  const select = document.createElement('select');
  const offer = (names: readonly BrowserEngine[], chosen: string | null) => {
    select.replaceChildren(...names.map((name) => new Option(name, name, false, name === chosen)));
  };
  offer(enginesAtOnce(), remembered());
  let isTouched = false;
  void engines().then((names) => {
    if (names.length === select.options.length) return;
    offer(names, isTouched ? select.value : (names.find((name) => name === remembered()) ?? select.value));
  });
  select.addEventListener('change', () => choose(select.value as BrowserEngine));
  const dispose = onChoice((name) => {
    isTouched = true;
    select.value = name;
  });
  const element = document.createElement('label');
  element.append('Engine ', select);
  return { element, chosen: () => select.value as BrowserEngine, dispose };
}
