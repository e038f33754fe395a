import { element, identifier, type RangeOptions, range } from './element.js';

export interface SliderOptions extends RangeOptions {
  readonly label: string;
  /** Default: as many digits as the step has. */
  readonly format?: (value: number) => string;
  readonly onInput: (value: number) => void;
}

/** A native range with its label and its value in words. */
export function slider({ label, format, onInput, ...bounds }: SliderOptions) {
  const digits = Math.max(0, Math.ceil(-Math.log10(bounds.step) - 1e-9));
  const id = identifier('slider');
  const input = Object.assign(range(bounds), { id });
  const shown = element('output');
  shown.htmlFor.add(id);
  const show = (): void => {
    const value = input.valueAsNumber;
    shown.textContent = input.ariaValueText = format?.(value) ?? value.toFixed(digits);
  };
  input.addEventListener('input', () => {
    show();
    onInput(input.valueAsNumber);
  });
  show();
  const name = element('label', { htmlFor: id }, label);
  return {
    element: element('div', { className: 'aimle-control aimle-slider' }, name, shown, input),
    /** Moves the slider and calls no listener. */
    move(value: number) {
      input.valueAsNumber = value;
      show();
    },
  };
}
