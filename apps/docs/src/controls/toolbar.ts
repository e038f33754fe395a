/** Controls in a row that wraps. */
export function toolbar(...controls: readonly { readonly element: HTMLElement }[]): HTMLElement {
  const element = document.createElement('div');
  element.className = 'aimle-toolbar';
  element.append(...controls.map((control) => control.element));
  return element;
}
