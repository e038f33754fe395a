export interface Readout {
  readonly element: HTMLElement;
  /** Shows the text immediately; screen readers read it after a delay. */
  show(text: string): void;
  dispose(): void;
}

/** How long a text stands before screen readers read it, and the minimum time between two. */
const QUIET_MS = 1500;

/** A line with the current numbers. Screen readers get a copy that changes less often. */
export function readout(): Readout {
  const element = document.createElement('div');
  element.className = 'aimle-readout';
  const shown = document.createElement('p');
  shown.setAttribute('aria-hidden', 'true');
  const heard = document.createElement('p');
  heard.className = 'aimle-unseen';
  heard.setAttribute('aria-live', 'polite');
  element.append(shown, heard);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return {
    element,
    show(text) {
      if (shown.textContent === text) return;
      shown.textContent = text;
      waiting ??= setTimeout(() => {
        waiting = undefined;
        heard.textContent = shown.textContent;
      }, QUIET_MS);
    },
    dispose: () => clearTimeout(waiting),
  };
}
