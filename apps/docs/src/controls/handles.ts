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

export interface Handles {
  readonly element: HTMLElement;
  set(values: ArrayLike<number>): void;
}

/**
 * Invisible native ranges for what is dragged on a canvas, so that the keyboard and screen readers can move it too.
 */
export function handles(options: HandlesOptions): Handles {
  const element = document.createElement('div');
  element.className = 'aimle-unseen';
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', options.label);
  const inputs = options.names.map((name, index) => {
    const input = document.createElement('input');
    input.type = 'range';
    input.min = String(options.min);
    input.max = String(options.max);
    input.step = String(options.step);
    input.value = String(options.values[index]);
    input.setAttribute('aria-label', name);
    input.addEventListener('input', () => options.onInput(index, input.valueAsNumber));
    input.addEventListener('focus', () => options.onFocus(index));
    input.addEventListener('blur', () => options.onFocus(-1));
    element.append(input);
    return input;
  });
  return {
    element,
    set(values) {
      inputs.forEach((input, index) => {
        input.value = String(values[index]);
      });
    },
  };
}
