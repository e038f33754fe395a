import { element, range } from './element.js';

export interface HandlesOptions {
  /** What all handles are, for screen readers. */
  readonly label: string;
  readonly names: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly values: ArrayLike<number>;
  readonly onInput: (index: number, value: number) => void;
  /** Which one has the focus, or -1: a canvas draws its ring. */
  readonly onFocus: (index: number) => void;
}

/** Invisible native ranges for what is dragged on a canvas, so that the keyboard and screen readers can move it too. */
export function handles({ label, names, values, onInput, onFocus, ...bounds }: HandlesOptions) {
  const inputs = names.map((name, index) =>
    Object.assign(range({ ...bounds, value: values[index]! }), {
      ariaLabel: name,
      oninput: () => onInput(index, inputs[index]!.valueAsNumber),
      onfocus: () => onFocus(index),
      onblur: () => onFocus(-1),
    }),
  );
  return {
    element: element('div', { className: 'aimle-unseen', role: 'group', ariaLabel: label }, ...inputs),
    set(next: ArrayLike<number>) {
      inputs.forEach((input, index) => {
        input.valueAsNumber = next[index]!;
      });
    },
  };
}
