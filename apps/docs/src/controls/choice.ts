import { element, identifier } from './element.js';

export interface ChoiceOptions<Value extends string> {
  readonly label: string;
  readonly options: Readonly<Record<Value, string>>;
  readonly value: NoInfer<Value>;
  readonly onChange: (value: Value) => void;
}

/** A few alternatives side by side: native radio buttons that look like one switch. */
export function choice<Value extends string>(choices: ChoiceOptions<Value>): HTMLElement {
  const name = identifier('choice');
  const labels = Object.entries<string>(choices.options).map(([value, label]) => {
    const onchange = (): void => choices.onChange(value as Value);
    const checked = value === choices.value;
    const input = element('input', { type: 'radio', name, value, checked, onchange });
    return element('label', {}, input, element('span', {}, label));
  });
  return element(
    'fieldset',
    { className: 'aimle-control aimle-choice' },
    element('legend', {}, choices.label),
    element('div', { className: 'aimle-choice-row' }, ...labels),
  );
}
