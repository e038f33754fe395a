import { identifier } from './identifier.js';

export interface ChoiceOptions<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

export interface Choice<Value extends string> {
  readonly element: HTMLElement;
  /** Setting it calls no listener. */
  value: Value;
}

/** A few alternatives side by side: native radio buttons that look like one switch. */
export function choice<Value extends string>(options: ChoiceOptions<Value>): Choice<Value> {
  const element = document.createElement('fieldset');
  element.className = 'aimle-control aimle-choice';
  const legend = document.createElement('legend');
  legend.textContent = options.label;
  const row = document.createElement('div');
  row.className = 'aimle-choice-row';
  element.append(legend, row);
  const name = identifier('choice');
  let chosen = options.value;
  const inputs = new Map<Value, HTMLInputElement>();
  for (const { value, label } of options.options) {
    const around = document.createElement('label');
    const input = document.createElement('input');
    input.type = 'radio';
    input.name = name;
    input.value = value;
    input.checked = value === chosen;
    input.addEventListener('change', () => {
      chosen = value;
      options.onChange(value);
    });
    const text = document.createElement('span');
    text.textContent = label;
    around.append(input, text);
    row.append(around);
    inputs.set(value, input);
  }
  return {
    element,
    get value() {
      return chosen;
    },
    set value(next) {
      chosen = next;
      for (const [value, input] of inputs) input.checked = value === next;
    },
  };
}
