import { element } from './element.js';

export type Readout = ReturnType<typeof readout>;

/** How long a text stands before screen readers read it, and the minimum time between two. */
const QUIET_MS = 1500;

/** A line with the current numbers. Screen readers get a copy that changes less often. */
export function readout() {
  const shown = element('p', { ariaHidden: 'true' });
  const heard = element('p', { className: 'aimle-unseen', ariaLive: 'polite' });
  let waiting = false;
  return {
    element: element('div', { className: 'aimle-readout' }, shown, heard),
    /** Shows the text immediately; screen readers read it after a delay. */
    show(text: string) {
      if (shown.textContent === text) return;
      shown.textContent = text;
      if (waiting) return;
      waiting = true;
      setTimeout(() => {
        waiting = false;
        heard.textContent = shown.textContent;
      }, QUIET_MS);
    },
  };
}
