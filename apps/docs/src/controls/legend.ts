export interface LegendEntry {
  readonly label: string;
  /** A CSS colour, such as `var(--aimle-c1)`. */
  readonly colour: string;
  readonly mark: 'bar' | 'line' | 'dashes' | 'dot' | 'diamond';
}

/** What the marks of a drawing mean. */
export function legend(...entries: readonly LegendEntry[]): { readonly element: HTMLElement } {
  const element = document.createElement('ul');
  element.className = 'aimle-legend';
  for (const { label, colour, mark } of entries) {
    const item = document.createElement('li');
    const swatch = document.createElement('span');
    swatch.className = `aimle-swatch aimle-swatch-${mark}`;
    swatch.style.color = colour;
    swatch.setAttribute('aria-hidden', 'true');
    item.append(swatch, label);
    element.append(item);
  }
  return { element };
}
