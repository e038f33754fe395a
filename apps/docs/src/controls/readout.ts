export interface Readout {
  readonly element: HTMLElement;
  /** Shows the text at once, and has it read aloud when it has stood for a while. */
  show(text: string): void;
  dispose(): void;
}

/** How long a text stands before it is read aloud, and how often one may be. */
const QUIET_MS = 1500;

/** A line with the present numbers. What screen readers hear is apart from it, and changes less often. */
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
