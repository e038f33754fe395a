import './controls.css';

/** The frame that a playground lives in. */
export function panel(parent: HTMLElement): HTMLElement {
  const element = document.createElement('div');
  element.className = 'aimle-panel';
  parent.append(element);
  return element;
}
