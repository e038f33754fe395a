export interface ToggleOptions {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** A native checkbox with its label. */
export function toggle({ label, value, onChange }: ToggleOptions): { readonly element: HTMLElement } {
  const element = document.createElement('label');
  element.className = 'aimle-control aimle-toggle';
  const input = document.createElement('input');
  input.type = 'checkbox';
  input.checked = value;
  input.addEventListener('change', () => onChange(input.checked));
  element.append(input, label);
  return { element };
}
