import { element } from './element.js';
import './controls.css';

export function panel(parent: HTMLElement): HTMLElement {
  const frame = element('div', { className: 'aimle-panel' });
  parent.append(frame);
  return frame;
}

/** Removes a playground after what it started has ended. */
export function removal(root: HTMLElement, ...ends: readonly (() => void)[]): () => void {
  return () => {
    for (const end of ends) end();
    root.remove();
  };
}

export function toolbar(...controls: readonly HTMLElement[]): HTMLElement {
  return element('div', { className: 'aimle-toolbar' }, ...controls);
}

export interface LegendEntry {
  readonly label: string;
  /** A CSS colour, such as `var(--aimle-c1)`. */
  readonly colour: string;
  readonly mark: 'bar' | 'line' | 'dashes' | 'dot' | 'diamond';
}

/** What the marks of a drawing mean. */
export function legend(...entries: readonly LegendEntry[]): HTMLElement {
  const items = entries.map(({ label, colour, mark }) => {
    const className = `aimle-swatch aimle-swatch-${mark}`;
    const swatch = element('span', { className, ariaHidden: 'true' });
    swatch.style.color = colour;
    return element('li', {}, swatch, label);
  });
  return element('ul', { className: 'aimle-legend' }, ...items);
}
