import { identifier } from './identifier.js';

export interface SliderOptions {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** Default: a hundredth of the range. */
  readonly step?: number;
  readonly value: number;
  /** Default: as many digits as the step has. */
  readonly format?: (value: number) => string;
  readonly onInput: (value: number) => void;
}

export interface Slider {
  readonly element: HTMLElement;
  /** Setting it moves the slider and calls no listener. */
  value: number;
}

/** A native range with its label and its value in words. */
export function slider(options: SliderOptions): Slider {
  const { label, min, max, step = (max - min) / 100, format = digitsOf(step), onInput } = options;
  const element = document.createElement('div');
  element.className = 'aimle-control aimle-slider';
  const name = document.createElement('label');
  name.textContent = label;
  const input = document.createElement('input');
  input.type = 'range';
  input.min = String(min);
  input.max = String(max);
  input.step = String(step);
  input.value = String(options.value);
  input.id = identifier('slider');
  name.htmlFor = input.id;
  const shown = document.createElement('output');
  shown.htmlFor.add(input.id);
  element.append(name, shown, input);
  const show = (): void => {
    const text = format(input.valueAsNumber);
    shown.textContent = text;
    input.setAttribute('aria-valuetext', text);
    input.style.setProperty('--aimle-filled', `${(100 * (input.valueAsNumber - min)) / (max - min)}%`);
  };
  input.addEventListener('input', () => {
    show();
    onInput(input.valueAsNumber);
  });
  show();
  return {
    element,
    get value() {
      return input.valueAsNumber;
    },
    set value(next) {
      input.value = String(next);
      show();
    },
  };
}

function digitsOf(step: number): (value: number) => string {
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  return (value) => value.toFixed(Math.min(digits, 3));
}
