/** An element with its properties, and what is in it. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...content);
  return made;
}

export interface RangeOptions {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
}

export function range({ min, max, step, value }: RangeOptions): HTMLInputElement {
  const bounds = { min: `${min}`, max: `${max}`, step: `${step}` };
  return element('input', { type: 'range', ...bounds, valueAsNumber: value });
}

let identifiers = 0;

/** An id that is unique in the page. */
export function identifier(kind: string): string {
  identifiers += 1;
  return `aimle-${kind}-${identifiers}`;
}

/** What an arrow key moves by, in rows and columns. */
export const arrowKeys: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};
